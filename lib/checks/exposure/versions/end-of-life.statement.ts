import type { Judgement } from '../../../core/finding.ts';
import { defineStatement } from '../statement.ts';
import { components, type Instance } from './components.ts';
import { endOfLife, ingressNginxEnd } from './end-of-life.table.ts';

const yearAfter = (date: string): string => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;

const judge = (spoken: string, { subject, version, source, looked, found }: Instance, end: string | undefined, now: string): Judgement => {
  const evidence = [{ source, looked, found }];
  if (!version) return { subject, outcome: 'unknown', message: `The version of ${spoken} cannot be read.`, evidence };
  if (end === undefined)
    return { subject, outcome: 'unknown', message: `This Gatehouse does not know how long the version of ${spoken} is mended.`, evidence };
  const today = now.slice(0, 10);
  const dated = [...evidence, { source: 'table of releases', looked: 'end of life', found: end }];
  if (today <= end) return { subject, outcome: 'pass', message: `The version of ${spoken} is mended until ${end}.`, evidence: dated };
  const severity = today > yearAfter(end) ? 'high' : 'medium';
  // who builds a version may go on mending it, and often does
  const isVendors = version.vendor !== '';
  return {
    subject,
    severity,
    outcome: isVendors ? 'manual' : 'fail',
    certainty: isVendors ? 'potential' : 'confirmed',
    message: `Kubernetes no longer mends the version of ${spoken}, since ${end}${isVendors ? '; its vendor may' : ''}.`,
    evidence: dated,
  };
};

const endOf = ({ version }: Instance): string | undefined => (version?.numbers[0] === 1 ? endOfLife[version.numbers[1]] : undefined);

/** The date alone decides, so this is certain for upstream builds: nothing is concluded about flaws. */
export const endOfLifeStatement = defineStatement({
  id: 'exposure/versions/end-of-life',
  covers: ['API-15'],
  title: 'What runs is of versions that are still mended',
  severity: 'medium',
  why: 'What becomes known of a version after its end of life is mended nowhere, so every flaw found from then on stays open.',
  repair:
    'Upgrade the control plane and then the nodes, one minor version after the other; move what ingress-nginx publishes to another controller or to a Gateway.',
  techniques: ['T1190'],
  references: ['https://kubernetes.io/releases/', 'https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/'],
  reads: ['nodes', 'workloads'],
  evaluate: (seen) => {
    const of = (id: 'kube-apiserver' | 'kubelet') =>
      components[id].find(seen).map((instance) => judge(components[id].spoken, instance, endOf(instance), seen.now));
    const nginx = components['ingress-nginx'].find(seen);
    return [
      ...of('kube-apiserver'),
      ...of('kubelet'),
      ...nginx.map((instance) => judge('ingress-nginx', instance, ingressNginxEnd, seen.now)),
    ];
  },
});
