import { readTime } from '../core/time.ts';
import type { Report } from './report.ts';

const benchmarkText = ({ framework, version }: Report['scan']['benchmark']): string => `${framework} ${version}`;

/** What a reader must know before trusting a comparison. `otherScanner` tells that two versions of the scanner judged. */
export const comparisonStatements = (base: Report, head: Report, otherScanner: string | undefined): readonly string[] => {
  const [b, h] = [base.scan, head.scan];
  const say = (holds: boolean, text: string) => (holds ? [text] : []);
  return [
    ...say(b.id === h.id, 'Both reports are of the same scan.'),
    ...say(
      (readTime(h.startedAt) ?? 0) < (readTime(b.startedAt) ?? 0),
      `The head scan (${h.startedAt}) is older than the base scan (${b.startedAt}), so new and resolved are told backwards in time.`,
    ),
    ...(otherScanner ? [`${otherScanner} Only what fails in both scans is compared.`] : []),
    ...say(
      benchmarkText(b.benchmark) !== benchmarkText(h.benchmark),
      `The base scan used ${benchmarkText(b.benchmark)}, the head scan ${benchmarkText(h.benchmark)}: control numbers differ, findings are compared all the same.`,
    ),
    ...say(
      b.cluster.kubernetesVersion !== h.cluster.kubernetesVersion,
      `The cluster ran Kubernetes ${b.cluster.kubernetesVersion} in the base scan and ${h.cluster.kubernetesVersion} in the head scan.`,
    ),
    ...say(
      head.coverage.decided < base.coverage.decided,
      `The head scan decided ${head.coverage.decided} controls, the base scan ${base.coverage.decided}: less was looked at.`,
    ),
  ];
};
