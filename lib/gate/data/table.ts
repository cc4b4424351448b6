/** Rows of knowledge about the outside world: where they are from, and up to where they reach. */
export interface DataTable<Row> {
  /** When the rows were last checked against their source: `2026-11-28`. */
  readonly dataAsOf: string;
  /** Newest Kubernetes minor the rows know. Whoever asks about a newer one gets `unknown`. */
  readonly newestMinor: string;
  /** Where the table as a whole is from. */
  readonly source: string;
  readonly rows: readonly Row[];
}

/** A row with its own source and the date it was looked up there. */
export interface Sourced {
  readonly source: string;
  /** `2026-11-28`. */
  readonly verified: string;
}
