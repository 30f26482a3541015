export { jsonReport, type ChangeJson, type ReviewJson, type StackJson } from "./json-report";
export { GITHUB_LIMIT, markdownReport, type MarkdownOptions } from "./markdown-report";
export { maskOf, type Mask } from "./masking";
export { countsText } from "./counts-text";
