import { z } from 'zod';
import type { AnyCheck } from '../checks/check.ts';
import { statements } from '../checks/exposure/index.ts';
import { checks } from '../checks/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import type { Need, Right } from '../core/need.ts';
import type { Framework } from '../frameworks/framework.ts';
import type { ClusterAccess } from '../ports/cluster-access.ts';

const Review = z.object({ status: z.object({ allowed: z.boolean(), reason: z.string().optional() }) });

/** One right, whether it is there, and what would stay unknown without it. */
export interface ExaminedRight {
  readonly need: Need;
  readonly allowed: boolean;
  /** Controls of the benchmark that stay unknown without it; empty when it is there. */
  readonly controls: readonly string[];
}

const specOf = ({ verb, resource, apiGroup, name, namespace, nonResourceUrl }: Right): unknown => {
  if (nonResourceUrl !== undefined) return { nonResourceAttributes: { path: nonResourceUrl, verb } };
  const [base, subresource] = resource.split('/');
  return { resourceAttributes: { verb, group: apiGroup, resource: base, subresource, name, namespace } };
};

/** Controls that a missing right costs, by the parts of the facts it feeds. */
export type ControlsLost = (feeds: Need['feeds']) => readonly string[];

/**
 * Controls that nobody could look at and whose checks read one of these slices: what a missing right costs. `unread` are the controls that are unknown in a scan with the rights that are
 * there; without such a scan every control whose checks cannot judge without the slice counts.
 */
export const configurationControls =
  (framework: Framework, unread: ReadonlySet<string> | undefined): ControlsLost =>
  (feeds) => {
    const isFed = ({ reads, mayRead }: AnyCheck) => (unread ? [...reads, ...mayRead] : reads).some((name) => feeds.includes(name));
    const fed = new Set(checks.filter(isFed).map(({ id }) => id));
    return framework.controls
      .filter((control) => (unread === undefined || unread.has(control.id)) && control.checks.some((id) => fed.has(id)))
      .map(({ id }) => id);
  };

/** Rows of the penetration scan whose statements cannot judge without one of these parts of the view. */
export const penetrationControls: ControlsLost = (feeds) => [
  ...new Set(
    statements.flatMap(({ reads, covers }) =>
      (reads as readonly string[]).some((name) => (feeds as readonly string[]).includes(name)) ? covers : [],
    ),
  ),
];

/** Asks the API server about every right of the scanner itself. Writes nothing: an access review is a question. */
export const examineRights = async (
  access: ClusterAccess,
  needs: readonly Need[],
  controlsLost: ControlsLost,
): Promise<Result<readonly ExaminedRight[]>> => {
  const asked = await Promise.all(
    needs.map(async (need) => {
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: specOf(need) };
      const answer = await access.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body, Review);
      return answer.ok
        ? succeed({
            need,
            allowed: answer.value.status.allowed,
            controls: answer.value.status.allowed ? [] : controlsLost(need.feeds),
          })
        : answer;
    }),
  );
  const broken = asked.find((one) => !one.ok);
  return broken && !broken.ok ? broken : succeed(asked.flatMap((one) => (one.ok ? [one.value] : [])));
};
