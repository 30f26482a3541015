/** What the plans change in the monthly bill, as far as prices are known. */
export interface Cost {
  /** US dollars a month; negative where it gets cheaper. */
  readonly monthlyChange: number;
  readonly lines: readonly CostLine[];
  /** Types of resources that change and whose price depends on use, or is not known here. */
  readonly unpriced: readonly string[];
  /** Where the prices are from and what they leave out, as a sentence. */
  readonly basis: string;
}

export interface CostLine {
  readonly stack: string;
  /** `2 interface endpoints`. */
  readonly what: string;
  /** US dollars a month. */
  readonly monthlyChange: number;
}
