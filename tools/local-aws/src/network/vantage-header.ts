/** Says where in the network a request on this machine comes from. */
export const VANTAGE_HEADER = "x-local-vantage";
