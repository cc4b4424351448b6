import { readTime, toDate } from '../../../core/time.ts';
import type { Finding, Report } from '../../report.ts';
import { networkProps, referenceLinks } from './observations.ts';
import { listOf, observationUuid, originsOf, ourNames, propsOf, proseOf, riskUuid, titleOf, uuidOf } from './parts.ts';

/** The moment a waiver ends: a bare date lasts to the end of that day. Nothing, when the text is no time. */
const deadlineOf = (expires: string): string | undefined => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(expires.trim()) ? `${expires.trim()}T23:59:59.999Z` : expires;
  return readTime(time) === undefined ? undefined : toDate(time).toISOString();
};

const acceptance = ({ fingerprint, waiver }: Finding, { scan }: Report) => {
  if (!waiver) return {};
  const deadline = deadlineOf(waiver.expires);
  return {
    ...(deadline === undefined ? {} : { deadline }),
    'risk-log': {
      entries: [
        {
          uuid: uuidOf('acceptance', scan.id, fingerprint, waiver.id),
          title: titleOf(`Accepted by waiver ${waiver.id}`),
          description: proseOf(`${waiver.reason} Owner: ${waiver.owner}. Approved by ${waiver.approver}. Holds until ${waiver.expires}.`),
          // when it was accepted is not in a report; that it is, was seen now
          start: scan.endedAt,
          'status-change': 'deviation-approved',
        },
      ],
    },
  };
};

/** The risk of a failure. It stays a risk while it is accepted: the failure is there. */
export const riskOf = (finding: Finding, report: Report) => {
  const { check, title, message, why, repair, severity, fingerprint, waiver } = finding;
  const origins = originsOf(report);
  return {
    uuid: riskUuid(finding),
    title: titleOf(`Does not hold: ${title}`),
    description: proseOf(message),
    statement: proseOf(why),
    props: [...propsOf({ check, severity, fingerprint, waiver: waiver?.id }), ...networkProps(finding)],
    ...listOf('links', referenceLinks(finding)),
    status: waiver ? 'deviation-approved' : 'open',
    origins,
    characterizations: [{ origin: origins[0], facets: [{ name: 'severity', system: ourNames, value: severity }] }],
    ...listOf(
      'remediations',
      repair === ''
        ? []
        : [{ uuid: uuidOf('repair', fingerprint), lifecycle: 'recommendation', title: 'Repair', description: proseOf(repair) }],
    ),
    ...acceptance(finding, report),
    'related-observations': [{ 'observation-uuid': observationUuid(finding, report) }],
  };
};
