import { probes, statements } from '../checks/exposure/index.ts';
import type { Control, Framework } from './framework.ts';

/** One control per row of the tables that probes and statements cover: kube-hunter's numbers and our own, each decided by all that cover it. */
const controls = (): readonly Control[] => {
  const rows = new Map<string, { title: string; checks: string[] }>();
  for (const { id, title, covers } of [...probes, ...statements])
    for (const row of covers) {
      const known = rows.get(row);
      if (known) known.checks.push(id);
      else rows.set(row, { title, checks: [id] });
    }
  const numbers = new Intl.Collator('en', { numeric: true });
  return [...rows]
    .toSorted(([a], [b]) => numbers.compare(a, b))
    .map(([id, { title, checks }]) => ({ id, title, level: 1, automated: true, checks }));
};

/** What a penetration scan looks for, whole: kube-hunter's list (KHV…) and the rows it lacks. Meant for every version of Kubernetes. */
export const penetrationFramework: Framework = {
  id: 'gatehouse-penetration',
  version: '1',
  minors: [0, 999],
  controls: controls(),
};
