import type { SecurityContextFact } from '../../core/facts/index.ts';

const plain = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');
const names = (list: readonly string[] | undefined): ReadonlySet<string> => new Set((list ?? []).map(plain));

/** What a container adds to the capabilities its runtime gives it. */
export const added = ({ capabilitiesAdd }: SecurityContextFact): ReadonlySet<string> => names(capabilitiesAdd);

/** Whether a container gives a capability up, by name or with all others. */
export const drops = ({ capabilitiesDrop }: SecurityContextFact, capability: string): boolean =>
  names(capabilitiesDrop).has('ALL') || names(capabilitiesDrop).has(capability);
