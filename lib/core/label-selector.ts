import type { LabelSelectorFact } from './facts/index.ts';

/**
 * Whether a selector selects an object with these labels, as Kubernetes decides it: an empty selector selects everything, `null` nothing. A selector that is absent selects
 * everything too, which is what the API server makes of one that a webhook leaves out.
 */
export const selects = (selector: LabelSelectorFact | null | undefined, labels: Readonly<Record<string, string>>): boolean => {
  if (selector === null) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  const labelOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return (
    Object.entries(matchLabels).every(([key, value]) => labelOf(key) === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = labelOf(key);
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'NotIn' ? !isIn : isIn;
    })
  );
};
