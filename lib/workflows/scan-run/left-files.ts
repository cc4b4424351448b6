import type { Artefact, ScanRecord } from '../../fleet/scan.ts';
import { manifestName, signatureName } from '../../reports/evidence/manifest.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import { scanFolder } from './store.ts';

const isSeal = (name: string): boolean => name === manifestName || name === signatureName;

/**
 * The files that lie in a folder of evidence, each read and hashed. A run that broke off may have stored one and died before it could say so: what lies there counts, not what the run remembers. One at a time,
 * because facts of a large cluster take tens of megabytes.
 */
export const leftFilesIn = async ({ objects }: Pick<ScanRunPorts, 'objects'>, home: string): Promise<readonly Artefact[]> => {
  const folder = `${home}/`;
  const files: Artefact[] = [];
  let cursor: string | undefined;
  do {
    const page = await objects.list(folder, cursor);
    if (!page.ok) throw new RetryThis(page.failure.say);
    for (const { key, versionId } of page.value.objects) {
      const name = key.slice(folder.length);
      if (isSeal(name)) continue;
      const read = await objects.get(key, { versionId });
      if (!read.ok) throw new RetryThis(read.failure.say);
      files.push({ name, ...read.value.object });
    }
    cursor = page.value.next;
  } while (cursor !== undefined);
  return files;
};

/** The files of a scan. */
export const leftFiles = (ports: Pick<ScanRunPorts, 'objects'>, scan: ScanRecord): Promise<readonly Artefact[]> =>
  leftFilesIn(ports, scanFolder(scan));
