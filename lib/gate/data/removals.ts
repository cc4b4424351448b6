import type { ApiRemoval } from './api-removal.ts';
import { generatedFrom, generatedRemovals } from './removals.generated.ts';
import { removalsByHand } from './removals-by-hand.ts';
import type { DataTable } from './table.ts';

export { fileFlags } from './removals-by-hand.ts';

const isWrittenByHand = (row: ApiRemoval, kind: string): boolean =>
  removalsByHand.some((hand) => hand.group === row.group && hand.version === row.version && hand.kinds.includes(kind));

const generated = generatedRemovals
  .map((row) => ({ ...row, kinds: row.kinds.filter((kind) => !isWrittenByHand(row, kind)) }))
  .filter(({ kinds }) => kinds.length > 0);

/** Every API version that Kubernetes has dropped or has announced to drop. Rows above the newest minor are announced, not carried out. */
export const removals: DataTable<ApiRemoval> = {
  dataAsOf: '2026-11-28',
  newestMinor: generatedFrom.replace(/^v0\.(\d+)\..*$/, '1.$1'),
  source: `https://pkg.go.dev/k8s.io/api@${generatedFrom}`,
  rows: [...generated, ...removalsByHand],
};
