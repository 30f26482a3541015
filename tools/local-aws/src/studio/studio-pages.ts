import type { Reply } from "../server/call";

/** The page in place of Studio, which shows the domain and the user profile. */
export function studioPage(domainId: string, userProfileName: string, until: Date): Reply {
  return html(
    200,
    "SageMaker Studio (local AWS)",
    `<p>Domain <code id="domain">${escape(domainId)}</code>, user profile <code id="profile">${escape(userProfileName)}</code>.</p>
<p>The session ends at <time>${until.toISOString()}</time>.</p>`,
  );
}

export function refusalPage(message: string, status: number): Reply {
  return html(status, "SageMaker Studio (local AWS)", `<p>${escape(message)}</p>`);
}

function html(status: number, title: string, content: string): Reply {
  const text = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<h1>${escape(title)}</h1>
${content}
</html>
`;
  // The page's own URL holds the token, so the URL must not be sent as a referrer or be cached.
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return { status, headers, body: Buffer.from(text) };
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
