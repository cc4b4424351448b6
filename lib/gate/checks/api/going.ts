import type { DeprecatedCall, OldObject, ServedApi } from '../../../core/gate/index.ts';
import { readGateVersion } from '../../../core/gate/index.ts';
import { type CheckAnswer, isUnknown, type Named, type Upgrade } from '../../check.ts';
import type { ApiRemoval } from '../../data/api-removal.ts';
import { beyondDataText, byMinor, findRemoval, groupVersionText, isBeyondData, migrationOf } from '../../removals.ts';

/** `use networking.k8s.io/v1`, or why that is not possible yet. */
export const migrationText = (removal: ApiRemoval, kind: string, { current, target }: Upgrade): string => {
  const migration = migrationOf(removal, kind, current, target);
  if (migration?.notBefore !== undefined) return `cannot be migrated before the upgrade: ${migration.to} comes with ${migration.notBefore}`;
  if (migration) return `use ${migration.to}`;
  if (removal.instead !== undefined) return `use ${removal.instead}`;
  return removal.replacement === undefined ? 'no replacement is announced' : 'nothing takes its place';
};

/** Objects whose version one of the rows drops, with when it goes and what to use. */
export const objectsOf = (objects: readonly OldObject[], rows: readonly ApiRemoval[], upgrade: Upgrade): readonly Named[] =>
  objects.flatMap(({ kind, namespace, name, oldVersion, foundBy, manager }) => {
    const row = findRemoval(rows, oldVersion, kind);
    if (!row) return [];
    const by = manager === undefined ? `seen in ${sources[foundBy]}` : `written so by ${manager}`;
    return {
      kind,
      apiVersion: oldVersion,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      detail: `${oldVersion} is gone in ${row.removedIn}, ${by}; ${migrationText(row, kind, upgrade)}`,
    };
  });
const sources: Readonly<Record<OldObject['foundBy'], string>> = {
  'managed-fields': 'its managed fields',
  'last-applied': 'the manifest last applied',
  'helm-release': 'the manifest of a Helm release',
};

/** Resources by which a kind is asked for: `networkpolicies` for NetworkPolicy. */
const resourceOf = (kind: string): string => {
  const lower = kind.toLowerCase();
  if (/[^aeiou]y$/.test(lower)) return lower.replace(/y$/, 'ies');
  return /(s|x|ch|sh)$/.test(lower) ? `${lower}es` : `${lower}s`;
};

/** Pages that scanners ask for about the API server itself; who loses one of them loses no work of the cluster. */
const ownPages = new Set(['flagz', 'statusz']);

/** A call to a deprecated version, with the first minor that no longer answers it: by the API server's own word or by the table, whichever comes first. */
export interface GoingCall {
  readonly call: DeprecatedCall;
  readonly removedIn: string;
  readonly row?: ApiRemoval;
}
export const goingCalls = (calls: readonly DeprecatedCall[], rows: readonly ApiRemoval[]): readonly GoingCall[] =>
  calls.flatMap((call) => {
    if (ownPages.has(call.resource)) return [];
    const row = rows.find(
      (one) => groupVersionText(one) === groupVersionText(call) && one.kinds.some((kind) => resourceOf(kind) === call.resource),
    );
    const [told, known] = [readGateVersion(call.removedRelease), row && readGateVersion(row.removedIn)];
    const first = told && known ? (byMinor(told, known) <= 0 ? told : known) : (told ?? known);
    return first ? [{ call, removedIn: first.text, ...(row ? { row } : {}) }] : [];
  });

export const callName = ({ call, removedIn, row }: GoingCall, upgrade: Upgrade): Named => {
  const apiVersion = groupVersionText(call);
  const kind = row?.kinds.find((one) => resourceOf(one) === call.resource);
  const resource = call.subresource ? `${call.resource}/${call.subresource}` : call.resource;
  const instead = row && kind !== undefined ? `; ${migrationText(row, kind, upgrade)}` : '';
  return {
    kind: 'APIResource',
    apiVersion,
    name: `${apiVersion} ${resource}`,
    detail: `somebody asks for it, and it is gone in ${removedIn}${instead}`,
  };
};

/** Rows of which the cluster serves something: what is not served, nobody uses. */
export const servedRows = (rows: readonly ApiRemoval[], served: readonly ServedApi[]): readonly ApiRemoval[] =>
  rows.filter((row) =>
    served.some(
      ({ groupVersion, resources }) =>
        groupVersion === groupVersionText(row) &&
        // subresources such as Eviction and Scale are not always listed
        (row.kinds.some((kind) => kind === '*' || kind === 'Eviction' || kind === 'Scale') ||
          resources.some(({ kind }) => row.kinds.includes(kind))),
    ),
  );

/** Beyond the newest minor of the data nothing but a failure can be told. */
export const withinData = ({ target }: Upgrade, answer: CheckAnswer): CheckAnswer =>
  answer.outcome !== 'fail' && isBeyondData(target) ? isUnknown(beyondDataText(target), answer.resources) : answer;
