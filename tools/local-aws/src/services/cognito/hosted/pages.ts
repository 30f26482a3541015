import type { Reply } from "../../../server/call";
import { escapeHtml, htmlPage } from "../../../server/html-page";
import type { AuthorizationRequest } from "./authorization-request";

const TITLE = "Sign in (local AWS)";

/** What a form shows and sends besides its fields. */
export interface FormParts {
  /** Query of the form's page, with the application's request. */
  readonly query: string;
  /** Secret of the cookie, which another site does not know. */
  readonly csrf: string;
  readonly message?: string;
}

/** Asks for the user name and the password. */
export function passwordForm(request: AuthorizationRequest, parts: FormParts): Reply {
  return form(request, parts, [
    field("Username", "username", "text", "username"),
    field("Password", "password", "password", "current-password"),
  ]);
}

/** Asks for the new password that the pool requires at the first sign-in. */
export function newPasswordForm(request: AuthorizationRequest, parts: FormParts, challenge: string): Reply {
  return form(request, parts, [
    "<p>You need a new password.</p>",
    hidden("challenge", challenge),
    field("New password", "new_password", "password", "new-password"),
  ]);
}

/** Told to the person, since the request names no application to tell it. */
export function errorPage(error: string, status = 400): Reply {
  return htmlPage(
    status,
    TITLE,
    `<p>An error was encountered with the requested page.</p>\n<p><code id="error">${escapeHtml(error)}</code></p>`,
    POLICIES,
  );
}

const POLICIES = {
  "content-security-policy": "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
};

function form({ redirectUri }: AuthorizationRequest, parts: FormParts, fields: readonly string[]): Reply {
  const { query, csrf, message } = parts;
  const content = `${message === undefined ? "" : `<p id="message" role="alert">${escapeHtml(message)}</p>`}
<form method="post" action="/login${escapeHtml(query)}">
${hidden("_csrf", csrf)}
${fields.join("\n")}
<p><button name="signInSubmitButton">Sign in</button></p>
</form>`;
  // Browsers also hold the redirect after a form against the policy.
  const policy = `${POLICIES["content-security-policy"]}; form-action 'self' ${originOf(redirectUri)}`;
  return htmlPage(200, TITLE, content, {
    ...POLICIES,
    "content-security-policy": policy,
    "set-cookie": `XSRF-TOKEN=${csrf}; Path=/; Secure; HttpOnly; SameSite=Lax`,
  });
}

/** As a policy names it; a scheme alone for an application's own, such as `myapp:`. */
function originOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === "null" ? protocol : origin;
}

function field(label: string, name: string, type: string, autocomplete: string): string {
  return `<p><label>${label}<br><input name="${name}" type="${type}" autocomplete="${autocomplete}" required></label></p>`;
}

function hidden(name: string, value: string): string {
  return `<input name="${name}" type="hidden" value="${escapeHtml(value)}">`;
}
