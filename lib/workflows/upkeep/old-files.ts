import { addMinutes } from '../../core/time.ts';
import type { Retention } from '../../fleet/project.ts';
import { mayDropFiles } from '../../fleet/retention.ts';
import { askedAt } from '../../fleet/scan-id.ts';
import type { ObjectStore, StoredObject } from '../../ports/object-store.ts';
import type { ClusterName, Records } from '../../records/index.ts';
import { scanKinds } from '../../reports/report.ts';

interface FilesPorts {
  readonly records: Records;
  readonly objects: ObjectStore;
}
type Listed = Pick<StoredObject, 'key' | 'versionId'>;

/** Files in the folders of one kind of scans, or of evaluations, that are old enough by the names of their folders, from the oldest on; reads no further than that. */
const oldOfKind = async ({ objects }: FilesPorts, folder: string, isOld: (scanId: string) => boolean): Promise<Map<string, Listed[]>> => {
  const found = new Map<string, Listed[]>();
  let cursor: string | undefined;
  do {
    const page = await objects.list(folder, cursor);
    if (!page.ok) throw new Error(page.failure.say);
    for (const object of page.value.objects) {
      const scanId = object.key.slice(folder.length).split('/')[0] ?? '';
      if (!isOld(scanId)) return found;
      found.set(scanId, [...(found.get(scanId) ?? []), object]);
    }
    cursor = page.value.next;
  } while (cursor !== undefined);
  return found;
};

/** Files never go before the record that leads to them: a scan that is listed, or compared with, can be read. */
const isListed = async ({ records }: FilesPorts, clusterId: string, name: string): Promise<boolean> =>
  (await records.scans.get({ clusterId, name })) !== undefined || (await records.evaluations.get({ clusterId, name })) !== undefined;

/** Removes the files of one scan; false when the store still locks one. */
const removeFiles = async ({ objects }: FilesPorts, files: readonly Listed[]): Promise<boolean> => {
  for (const file of files) {
    const removed = await objects.remove(file);
    if (removed.ok) continue;
    if (removed.failure.code === 'permission-missing') return false;
    throw new Error(removed.failure.say);
  }
  return true;
};

/**
 * Removes the files of scans and evaluations whose retention has passed, the oldest first, and stops at the first that is still locked or listed: what stays is the end of the chain without a gap, and can be verified. Answers how
 * many files went.
 */
export const dropOldFiles = async (
  ports: FilesPorts,
  { projectId, clusterId }: ClusterName,
  retention: Retention,
  now: string,
): Promise<number> => {
  const isOld = (scanId: string): boolean => {
    const asked = askedAt(scanId);
    // the end of that second, at the latest
    return asked !== undefined && mayDropFiles({ queuedAt: addMinutes(asked, 1 / 60) }, retention, now);
  };
  const home = `projects/${projectId}/clusters/${clusterId}`;
  const scans = new Map<string, Listed[]>();
  for (const folder of [...scanKinds.map((kind) => `${home}/scans/${kind}/`), `${home}/evaluations/`])
    for (const [id, files] of await oldOfKind(ports, folder, isOld)) scans.set(id, files);
  let gone = 0;
  for (const [scanId, files] of [...scans].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if ((await isListed(ports, clusterId, scanId)) || !(await removeFiles(ports, files))) break;
    gone += files.length;
  }
  return gone;
};
