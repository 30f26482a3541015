import type { Reply } from "../server/call";
import { escapeHtml, htmlPage } from "../server/html-page";

const TITLE = "SageMaker Studio (local AWS)";

/** The page in place of Studio, which shows the domain and the user profile. */
export function studioPage(domainId: string, userProfileName: string, until: Date): Reply {
  return htmlPage(
    200,
    TITLE,
    `<p>Domain <code id="domain">${escapeHtml(domainId)}</code>, user profile <code id="profile">${escapeHtml(userProfileName)}</code>.</p>
<p>The session ends at <time>${until.toISOString()}</time>.</p>`,
  );
}

export function refusalPage(message: string, status: number): Reply {
  return htmlPage(status, TITLE, `<p>${escapeHtml(message)}</p>`);
}
