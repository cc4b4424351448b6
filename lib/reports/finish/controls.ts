import { isDecided, worstOutcome } from '../../core/outcome.ts';
import type { Framework } from '../../frameworks/framework.ts';
import type { ControlOutcome, ControlReference, Counts, Coverage, Finding } from '../report.ts';

/** From check id to the controls of the framework that it decides. */
export const controlsByCheck = (framework: Framework): ReadonlyMap<string, readonly ControlReference[]> => {
  const references = new Map<string, ControlReference[]>();
  for (const { id, level, automated, checks } of framework.controls)
    for (const check of checks) {
      const known = references.get(check) ?? [];
      references.set(check, [...known, { framework: framework.id, version: framework.version, id, level, automated }]);
    }
  return references;
};

/** Each control once, with the worst outcome of its findings. A control without a finding was not looked at: that is `unknown`. */
export const controlOutcomes = (framework: Framework, findings: readonly Finding[]): readonly ControlOutcome[] => {
  const byCheck = Map.groupBy(findings, ({ check }) => check);
  return framework.controls.map(({ id, title, level, automated, checks }) => {
    const own = checks.flatMap((check) => byCheck.get(check) ?? []);
    return {
      framework: framework.id,
      version: framework.version,
      id,
      title,
      level,
      automated,
      outcome: worstOutcome(own.map(({ outcome }) => outcome)) ?? 'unknown',
      findings: own.length,
      waived: own.filter(({ waiver }) => waiver !== null).length,
    };
  });
};

export const countFindings = (findings: readonly Finding[]): Counts => {
  const counts: Counts = { pass: 0, fail: 0, 'not-applicable': 0, manual: 0, unknown: 0, error: 0, waived: 0 };
  for (const { outcome, waiver } of findings) counts[waiver ? 'waived' : outcome] += 1;
  const potential = findings.filter(
    ({ certainty, waiver, outcome }) => certainty === 'potential' && outcome === 'manual' && !waiver,
  ).length;
  return findings.some(({ certainty }) => certainty !== undefined) ? { ...counts, potential } : counts;
};

export const coverControls = (controls: readonly ControlOutcome[], statements: readonly string[]): Coverage => {
  const number = (holds: (control: ControlOutcome) => boolean) => controls.filter(holds).length;
  return {
    total: controls.length,
    decided: number(({ outcome }) => isDecided(outcome)),
    manual: number(({ outcome }) => outcome === 'manual'),
    unknown: number(({ outcome }) => outcome === 'unknown'),
    error: number(({ outcome }) => outcome === 'error'),
    statements: [...statements],
  };
};
