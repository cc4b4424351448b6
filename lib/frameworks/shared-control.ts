/**
 * A control as the editions share it: number, level with `A` where the benchmark calls the assessment automated and `M` where it is manual, the check that decides
 * it, and a title in our own words.
 */
export type SharedControl = readonly [id: string, profile: '1A' | '1M' | '2A' | '2M', check: string, title: string];
