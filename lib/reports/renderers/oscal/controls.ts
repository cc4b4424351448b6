import type { Outcome } from '../../../core/outcome.ts';
import type { ControlOutcome, Finding, Report } from '../../report.ts';
import { outcomeWords, plural, rangeText } from '../words.ts';
import { controlIdOf, listOf, observationUuid, originsOf, propsOf, proseOf, riskUuid, titleOf, uuidOf } from './parts.ts';

/** OSCAL knows two states, and only good news is the first: what nobody could look at is not satisfied, for another reason than a failure. */
const states: Record<Outcome, { readonly state: string; readonly reason: string; readonly remarks?: string }> = {
  pass: { state: 'satisfied', reason: 'pass' },
  'not-applicable': {
    state: 'satisfied',
    reason: 'other',
    remarks: 'Not applicable: what the control speaks of does not exist in this cluster.',
  },
  fail: { state: 'not-satisfied', reason: 'fail' },
  manual: { state: 'not-satisfied', reason: 'other', remarks: 'Not decided: a person must look.' },
  unknown: { state: 'not-satisfied', reason: 'other', remarks: 'Not decided: nobody could look.' },
  error: { state: 'not-satisfied', reason: 'other', remarks: 'Not decided: the check broke.' },
};

const allAccepted = 'It fails, and every failure is accepted by a waiver; see the risks.';

const statusOf = ({ outcome }: ControlOutcome, failures: readonly Finding[]) =>
  outcome === 'fail' && failures.length > 0 && failures.every(({ waiver }) => waiver !== null)
    ? { ...states.fail, remarks: allAccepted }
    : states[outcome];

/** One control of the benchmark, which is a finding to OSCAL: what the observations say of it together. */
export const controlFinding = (control: ControlOutcome, own: readonly Finding[], report: Report) => {
  const { framework, version, id, title, level, automated, outcome, findings, waived } = control;
  const failures = own.filter((finding) => finding.outcome === 'fail');
  return {
    uuid: uuidOf('control', report.scan.id, framework, version, id),
    title: titleOf(`${id} ${title}`),
    description: proseOf(`${outcomeWords[outcome]}: ${plural(findings, 'finding')}, ${waived} of them waived.`),
    props: propsOf({ framework, 'framework-version': version, control: id, level, automated, outcome }),
    origins: originsOf(report),
    target: {
      type: 'statement-id',
      'target-id': `${controlIdOf(control)}_smt`,
      title: titleOf(title),
      status: statusOf(control, failures),
    },
    ...listOf(
      'related-observations',
      own.map((finding) => ({ 'observation-uuid': observationUuid(finding, report) })),
    ),
    ...listOf(
      'related-risks',
      failures.map((finding) => ({ 'risk-uuid': riskUuid(finding) })),
    ),
  };
};

/** What was in the scope of the assessment: every control of the benchmark, those nobody could look at included. */
export const reviewedControls = ({ controls, scan: { benchmark } }: Report) => ({
  description: proseOf(
    `All controls of ${benchmark.framework} ${benchmark.version}, ${rangeText(benchmark)}; ids are its numbers behind its name.`,
  ),
  'control-selections': [
    controls.length === 0
      ? { 'include-all': {} }
      : { 'include-controls': controls.map((control) => ({ 'control-id': controlIdOf(control) })) },
  ],
});
