import type { Reply } from "./call";

/** A page without script, which loads nothing. */
export function htmlPage(
  status: number,
  title: string,
  content: string,
  more: Readonly<Record<string, string>> = {},
): Reply {
  const text = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<h1>${escapeHtml(title)}</h1>
${content}
</html>
`;
  // The page's own URL can hold a secret, so the URL must not be sent as a referrer or be cached.
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    ...more,
  };
  return { status, headers, body: Buffer.from(text) };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
