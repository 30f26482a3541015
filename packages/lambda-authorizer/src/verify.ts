/** The function's own judgement of a token, for `./studio doctor`: what it says there, the function does. */
export { AccessDenied, type DenialCode } from "./denial";
export { JwksUnavailable } from "./jwks-request";
export { KeyStore } from "./keys";
export { createTokenVerifier } from "./tokens";
