/** Names the place in the network that a request on this machine comes from. */
export const VANTAGE_HEADER = "x-local-vantage";
