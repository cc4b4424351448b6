import type { DataTable, Sourced } from './table.ts';

/** A minor release of Kubernetes. */
export interface ReleaseRow extends Sourced {
  /** `1.36`. */
  readonly minor: string;
  /** Date of its first release. */
  readonly released: string;
  /** Newest patch that is known: 3 for 1.36.3. */
  readonly newestPatch: number;
}

const row = (minor: string, released: string, newestPatch: number): ReleaseRow => ({
  minor,
  released,
  newestPatch,
  source: `https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-${minor}.md`,
  verified: '2026-11-28',
});

/** Minor releases, oldest first; dates and patches from the tags of the Go module. The last row is N of "N-3". */
export const releases: DataTable<ReleaseRow> = {
  dataAsOf: '2026-11-28',
  newestMinor: '1.37',
  source: 'https://pkg.go.dev/k8s.io/api?tab=versions',
  rows: [
    row('1.24', '2022-05-03', 17),
    row('1.25', '2022-08-23', 16),
    row('1.26', '2022-12-09', 15),
    row('1.27', '2023-04-11', 16),
    row('1.28', '2023-08-15', 15),
    row('1.29', '2023-12-13', 15),
    row('1.30', '2024-04-17', 14),
    row('1.31', '2024-08-13', 14),
    row('1.32', '2024-12-11', 13),
    row('1.33', '2025-04-23', 13),
    row('1.34', '2025-08-27', 13),
    row('1.35', '2025-12-17', 10),
    row('1.36', '2026-04-22', 6),
    row('1.37', '2026-08-26', 2),
  ],
};
