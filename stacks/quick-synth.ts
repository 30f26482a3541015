// eslint-disable-next-line @typescript-eslint/no-require-imports -- Any other import is a copy, and cdktf would not see a change of it.
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");
import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";

/**
 * Skips work of cdktf that is repeated for each construct and hardly ever needed. The output stays the same, and so do
 * our own errors' stack traces; 200 lines of business take a quarter of the time. cdktf has no option for either.
 */
export function quickenSynth(): void {
  leaveOutTokenTraces();
  askForVersionsOnce();
}

/**
 * cdktf takes a whole stack trace for every token that it makes, and shows it only in its own errors about a token that
 * cannot be resolved. (`stackTraces: false` is about metadata alone.)
 */
function leaveOutTokenTraces(): void {
  Object.assign(stackTrace, { captureStackTrace: () => ["(not kept: see stacks/quick-synth.ts)"] });
}

/** cdktf runs `terraform version` for every `terraform_data`, of which each stand-in user has one. */
function askForVersionsOnce(): void {
  const answers = new Map<string, string[]>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- It is called below on the instance that it belongs to.
  const { validate } = ValidateBinaryVersion.prototype;
  ValidateBinaryVersion.prototype.validate = function (this: ValidateBinaryVersion) {
    // The result depends on these alone: the command, the required version, and the hint for people.
    const question = JSON.stringify(this);
    const answer = answers.get(question) ?? validate.call(this);
    answers.set(question, answer);
    return answer;
  };
}
