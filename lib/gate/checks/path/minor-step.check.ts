import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, passes } from '../../check.ts';

/** `1.34 → 1.35 → 1.36`. */
const chain = (major: number, from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, step) => minorText({ major, minor: from + step })).join(' → ');

export const minorStep = defineGateCheck({
  id: 'path.minor-step',
  category: 'path',
  title: 'The target is at most one minor ahead',
  severity: 'critical',
  why: 'Kubernetes supports no upgrade that skips a minor, because components and stored objects are only tested one step apart.',
  repair: 'Upgrade one minor at a time.',
  links: ['https://kubernetes.io/releases/version-skew-policy/'],
  reads: [],
  evaluate: ({ upgrade: { current, target } }) => {
    if (current.major !== target.major) return fails(`The target ${target.text} is of another major version than ${current.text}.`);
    const steps = target.minor - current.minor;
    if (steps <= 1) return passes(steps === 1 ? 'The target is the next minor.' : 'The target is not beyond the next minor.');
    return fails(
      `The target ${target.text} is ${steps} minors ahead of ${current.text}.`,
      [],
      `Upgrade step by step: ${chain(current.major, current.minor, target.minor)}; ask the gate again before each step.`,
    );
  },
});
