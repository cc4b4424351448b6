import type { Judgement } from '../../../core/finding.ts';
import type { ApiServiceView } from '../../../core/probing/index.ts';
import { clusterSubject, fail, notApplicable, pass } from '../../check.ts';
import { count, upTo } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';

const evidenceOf = ({ name, service, insecureSkipTLSVerify, available, reason }: ApiServiceView) => ({
  source: `APIService ${name}`,
  looked: `answered by ${service ?? 'the API server'}`,
  found: `insecureSkipTLSVerify ${insecureSkipTLSVerify}, ${available ? 'available' : `unavailable${reason === undefined ? '' : ` (${reason})`}`}`,
});

const judge = (api: ApiServiceView): Judgement | undefined => {
  const subject = { kind: 'APIService', name: api.name };
  if (api.insecureSkipTLSVerify)
    return fail(subject, `The API server hands requests for ${api.name} to ${api.service} without verifying who that is.`, evidenceOf(api));
  if (api.available) return undefined;
  const says = `${api.service} does not answer for ${api.name}, so whoever takes its place gets the requests.`;
  return { ...fail(subject, says, evidenceOf(api)), severity: 'low' };
};

export const aggregatedApis = defineStatement({
  id: 'exposure/cluster/aggregated-apis',
  covers: ['API-16'],
  title: 'Aggregated APIs are verified and available',
  severity: 'medium',
  why: 'Requests for an aggregated API carry the names of users to another server; who can answer in its place reads them and answers as he likes.',
  repair: 'Give the APIService a `caBundle` and drop `insecureSkipTLSVerify`; delete an APIService whose server is gone.',
  techniques: ['T1557'],
  references: ['https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/'],
  reads: ['apiServices'],
  evaluate: ({ cluster, apiServices }) => {
    const others = apiServices.filter(({ service }) => service !== undefined);
    const subject = clusterSubject(cluster);
    if (others.length === 0)
      return [
        notApplicable(subject, 'The API server answers for every API itself.', {
          source: 'APIServices',
          looked: 'who answers',
          found: `${count(apiServices.length, 'API')}, all by the API server`,
        }),
      ];
    const wrong = others.flatMap((api) => judge(api) ?? []);
    const fine = others.filter((api) => judge(api) === undefined);
    if (fine.length === 0) return wrong;
    const says = `The server of ${count(fine.length, 'aggregated API')} is verified and answers.`;
    return [...wrong, pass(subject, says, ...upTo(fine.map(evidenceOf)))];
  },
});
