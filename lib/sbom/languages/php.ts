import type { SoftwarePackage } from '../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { excess } from '../os/limits.ts';
import { fieldsOf, jsonOf, listOf, wordsOf } from './json.ts';
import { packageOf } from './package-of.ts';

const installed = /(?:^|\/)composer\/installed\.json$/;

const licencesOf = (value: unknown): (string | undefined)[] => (Array.isArray(value) ? value.slice(0, 100).map(wordsOf) : [wordsOf(value)]);

const authorsOf = (value: unknown): string | undefined => {
  const names = listOf(value)
    .slice(0, 5)
    .flatMap((one) => wordsOf(fieldsOf(one).name) ?? []);
  return names.length > 0 ? names.join(', ') : undefined;
};

function read(bytes: Uint8Array): FileFindings | undefined {
  const json = jsonOf(bytes);
  if ('unreadable' in json) return json;
  // Composer 1 wrote the list alone
  const list = Array.isArray(json.value) ? json.value : fieldsOf(json.value).packages;
  if (!Array.isArray(list)) return { unreadable: 'it lists no packages in the way Composer does' };
  const packages: SoftwarePackage[] = [];
  for (const entry of list) {
    const fields = fieldsOf(entry);
    const found = packageOf('composer', wordsOf(fields.name), wordsOf(fields.version), {
      licences: licencesOf(fields.license),
      supplier: authorsOf(fields.authors),
    });
    if (found === undefined) return { unreadable: 'it lists a package without a name or a version' };
    packages.push(found);
    const tooMuch = excess(packages.length, found);
    if (tooMuch !== undefined) return tooMuch;
  }
  return packages.length > 0 ? { packages } : undefined;
}

/** Packages that Composer installed. */
export const phpPackages: FileCataloger = {
  id: 'php',
  mostBytes: 32 << 20,
  wants: ({ path }) => installed.test(path),
  read: (_head, bytes) => read(bytes),
};
