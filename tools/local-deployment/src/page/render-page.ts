import escape from "escape-html";

import type { Facts } from "./facts";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1.5rem .2rem 0; }
code, pre { font-family: ui-monospace, monospace; } pre { overflow-x: auto; padding: .8rem; border: 1px solid #8886; }
`;

/** The page as HTML: one document, without script, that loads nothing. */
export function renderPage(facts: Facts, proofs: string, health: string): string {
  const { endpoint, region, environment, shell, accounts, stacks, signIns, vantages } = facts;
  const [first] = signIns;
  const user = first?.user ?? "USER";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Studio Access, ${escape(environment)}</title>
<style>${STYLE}</style>
<h1>Studio Access on this machine</h1>
<p>Environment ${escape(environment)} in ${escape(region)}, at <code>${escape(endpoint)}</code>. Nothing here is AWS.
<a href="${escape(proofs)}">Proofs from the state</a> · <a href="${escape(health)}">health as JSON</a></p>
<h2>Accounts and stacks</h2>
${table(
  ["account", "id"],
  accounts.map(({ name, id }) => [name, id]),
)}
${table(
  ["stack", "state"],
  stacks.map(({ name, isDeployed }) => [name, isDeployed ? "deployed" : "not deployed"]),
)}
<h2>Users</h2>
${table(
  ["user", "line of business", "password (local only)"],
  signIns.map(({ user: name, lob, password }) => [name, lob, password]),
)}
<h2>Sign in and open Studio</h2>
<pre>source ${escape(shell)}
TOKEN=$(./studio token --user ${escape(user)})
curl -i -H "x-local-vantage: on-premise" -H "Authorization: Bearer $TOKEN" "$API_URL/${escape(user)}"</pre>
<p>The answer's <code>Location</code> is Studio's address on AWS. Here <code>./studio open --user ${escape(user)} --print</code>
prints its local form, which a browser can open.</p>
<h2>From where a call comes</h2>
<p>The header <code>x-local-vantage</code> says from where in the network: ${vantages
    .map((vantage) => `<code>${escape(vantage)}</code>`)
    .join(", ")}.</p>
</html>
`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "<p>Not deployed yet.</p>";
  const row = (cells: readonly string[], tag: "td" | "th"): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  return `<table>${row(heads, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table>`;
}
