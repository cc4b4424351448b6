import type { Need } from '../core/need.ts';
import { gateChecks } from '../gate/checks/index.ts';
import { removals } from '../gate/data/removals.ts';
import { upgradeNeeds } from '../scanners/upgrade/index.ts';
import type { ControlsLost } from './examine-rights.ts';

/** Every right the gate uses, whatever the versions: objects of each API that some release removes are looked for. */
export const gateNeeds = (helmReleases: boolean): readonly Need[] => upgradeNeeds({ wanted: removals.rows, helmReleases, kubelets: true });

/** Checks of the gate that stay unknown without a part of the facts. */
export const gateControls: ControlsLost = (feeds) =>
  gateChecks
    .filter(({ reads }) => (reads as readonly string[]).some((name) => (feeds as readonly string[]).includes(name)))
    .map(({ id }) => id);
