import { browserUrl } from "@studio-access/local-aws";
import { localStudioUrl } from "@studio-access/local-aws/studio-address";

import { commandLines } from "../next-steps";
import type { HttpResponse } from "../private-api-client";
import type { Question } from "./ask";
import type { Facts } from "./facts";
import { Html, markup } from "./html";
import { PATHS } from "./paths";

const STYLE = new Html(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .8rem; border: 1px solid #8886; border-radius: .4rem; overflow-wrap: normal; }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: 1rem 0; } ul { columns: 18rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem 1.5rem .25rem 0; vertical-align: top; }
tr + tr { border-top: 1px solid #8883; } th { font-weight: 600; white-space: nowrap; }
label { display: block; } select, button { font: inherit; height: 2.3rem; padding: 0 .6rem; max-width: 100%; }
.fields { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; }
@media (max-width: 36rem) { .stacked th { display: none; } .stacked tr { display: block; padding: .4rem 0; } .stacked td { display: block; padding: 0; } }
`);

const NOT_YET = markup`<p>Not deployed yet.</p>`;

/** The page: what is deployed, how to sign in, how a request from each place is answered, and where to look. */
export function renderPage(facts: Facts, vantage: string): Html {
  const { region, environment, endpoint, apiUrl, stacks } = facts;
  const missing = stacks.filter(({ resources }) => resources === 0).map(({ name }) => name);
  const state =
    missing.length === 0 ? "Everything is deployed." : `Being deployed: ${missing.join(", ")} not there yet.`;
  return document(
    titleOf(environment),
    markup`<h1>Studio Access on this machine</h1>
<p>Environment ${environment} in ${region}, at <code>${endpoint}</code>. ${state} Nothing here is AWS.
${apiUrl === undefined ? "" : markup`<br>The private API: <code>${apiUrl}/{user_id}</code>`}</p>
${signIn(facts)}
${trial(facts, { from: vantage, user: "", whose: "" })}
${contents(facts)}
${links(facts)}`,
  );
}

/** What the API answered to a request that was chosen on the page. */
export function renderAnswer(facts: Facts, question: Question, answer: HttpResponse): Html {
  const { from, user, whose } = question;
  const { status, location, body, requestId } = answer;
  const local = location === undefined ? undefined : localStudioUrl(location, facts.endpoint);
  return document(
    titleOf(facts.environment),
    markup`<p><a href="${PATHS.page}">Studio Access on this machine</a></p>
<h1>${status}: ${local === undefined ? "no Studio URL" : "a Studio URL"}</h1>
<p>${user} asked for the Studio of ${whose}, from ${from}.</p>
${local === undefined ? markup`<pre class="answer">${body}</pre>` : opening(facts, local)}
${requestId === undefined ? "" : markup`<p>What decided it: <code>./studio why ${requestId}</code></p>`}
${trial(facts, question)}`,
  );
}

/** A page that says one thing. */
export function renderMessage(message: string): Html {
  return document("Studio Access", markup`<h1>${message}</h1>\n<p><a href="${PATHS.page}">Back</a></p>`);
}

function titleOf(environment: string): string {
  return `Studio Access, ${environment}`;
}

function signIn({ shell, signIns, portalUrl, endpoint, vantages }: Facts): Html {
  const user = signIns[0]?.user ?? "USER";
  const places = vantages.map((from) =>
    portalUrl === undefined
      ? markup``
      : markup`<a href="${browserUrl(portalUrl, endpoint, from)}" rel="noreferrer">${from}</a>`,
  );
  return markup`<h2>Sign in and open Studio</h2>
${portalUrl === undefined ? "" : markup`<p>In a browser, with a user and password from below: open the portal from ${places}.</p>`}
<p>In a terminal, in the folder of the checkout:</p>
<pre>${commandLines(shell, user).join("\n")}</pre>
<p>The answer's <code>Location</code> is Studio's address on AWS, and its <code>x-local-location</code> is the same for a
browser on this machine. <code>./studio open --user ${user}</code> does all of it.</p>
${table(
  ["user", "line of business", "password (local only)"],
  signIns.map(({ user: name, lob, password }) => [name, lob, markup`<code>${password}</code>`]),
  "stacked",
)}`;
}

function trial({ vantages, signIns }: Facts, { from, user, whose }: Question): Html {
  const users = signIns.map((known) => known.user);
  const form = markup`<form method="post" action="${PATHS.ask}" class="fields">
${choice("from", "from", vantages, from)}
${choice("user", "signed in as", users, user)}
${choice("whose", "the Studio of", users, whose)}
<button>Ask the API</button></form>`;
  return markup`<h2>From where a call comes</h2>
<p>Programs say it in the header <code>x-local-vantage</code>; without it, it is <code>on-premise</code>, the corporate network.
For this browser, the choice here counts, now <code>${from}</code>.</p>
${users.length === 0 ? NOT_YET : form}`;
}

/** A button per place, each of which opens a tab of its own, so that one URL can be tried from several. */
function opening({ vantages }: Facts, url: string): Html {
  const { pathname, search } = new URL(url);
  const buttons = vantages.map((from) => markup`<button name="from" value="${from}">${from}</button>`);
  return markup`<p>Open it within its few seconds, from:</p>
<form method="post" action="${PATHS.open}" target="_blank" class="fields"><input type="hidden" name="path" value="${pathname + search}">
${buttons}</form>`;
}

function choice(name: string, label: string, values: readonly string[], chosen: string): Html {
  const options = values.map((value) =>
    value === chosen ? markup`<option selected>${value}</option>` : markup`<option>${value}</option>`,
  );
  return markup`<label>${label}<br><select name="${name}">${options}</select></label>`;
}

function contents({ accounts, stacks }: Facts): Html {
  return markup`<h2>Accounts and stacks</h2>
<p>In a shell that has sourced <code>env.sh</code>, <code>AWS_PROFILE=${accounts.at(-1)?.name ?? ""} aws …</code> acts in the
account of that name.</p>
${table(
  ["account", "id"],
  accounts.map(({ name, id }) => [name, id]),
)}
${table(
  ["stack", "resources"],
  stacks.map(({ name, resources }) => [name, resources === 0 ? "not deployed" : resources]),
)}`;
}

function links({ logs }: Facts): Html {
  const files = logs.map(
    (name) => markup`<li><a href="${PATHS.logs}${encodeURIComponent(name)}">${name}</a></li>`,
  );
  return markup`<h2>Proofs and logs</h2>
<p><a href="${PATHS.proofs}">Proofs from the state</a>: who reaches what, and who may presign for whom.
<a href="${PATHS.health}">Health as JSON</a>, for scripts. <code>./studio logs</code> prints the functions' lines by time.</p>
<ul>${files}</ul>`;
}

/** @param className `stacked`: a narrow screen shows the cells of a row below each other */
function table(
  heads: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
  className: "stacked" | "" = "",
): Html {
  if (rows.length === 0) return NOT_YET;
  const lines = rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`);
  return markup`<div class="wide"><table class="${className}">
<tr>${heads.map((head) => markup`<th>${head}</th>`)}</tr>
${lines}
</table></div>`;
}

/** One document, without script, that loads nothing. */
function document(title: string, content: Html): Html {
  return markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
${content}
</html>
`;
}
