import type { SoftwarePackage } from '../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { excess } from '../os/limits.ts';
import { fieldsOf, jsonOf, wordsOf } from './json.ts';
import { packageOf } from './package-of.ts';

/** What a library brings into the image. One without any of these is a bundle of dependencies, or was needed to compile alone. */
const assets = ['runtime', 'runtimeTargets', 'native', 'resources'];
const runtimePack = /^runtimepack\./;

/** `Name/1.2.3`. */
function librarySaid(key: string, type: string | undefined): SoftwarePackage | undefined {
  const at = key.lastIndexOf('/');
  // applications that carry their runtime list it under a name of its own
  const name = type === 'runtimepack' ? key.slice(0, Math.max(at, 0)).replace(runtimePack, '') : key.slice(0, Math.max(at, 0));
  return packageOf('nuget', name, key.slice(at + 1));
}

function read(bytes: Uint8Array): FileFindings | undefined {
  const json = jsonOf(bytes);
  if ('unreadable' in json) return json;
  const fields = fieldsOf(json.value);
  const target = wordsOf(fieldsOf(fields.runtimeTarget).name) ?? wordsOf(fields.runtimeTarget);
  const inTarget = target === undefined ? {} : fieldsOf(fieldsOf(fields.targets)[target]);
  const hasTarget = Object.keys(inTarget).length > 0;
  const packages: SoftwarePackage[] = [];
  for (const [key, library] of Object.entries(fieldsOf(fields.libraries))) {
    const type = wordsOf(fieldsOf(library).type)?.toLowerCase();
    if (type !== 'package' && type !== 'runtimepack') continue;
    const brought = fieldsOf(inTarget[key]);
    if (hasTarget && !assets.some((asset) => Object.keys(fieldsOf(brought[asset])).length > 0)) continue;
    const found = librarySaid(key, type);
    if (found === undefined) return { unreadable: 'it lists a library without a name or a version' };
    packages.push(found);
    const tooMuch = excess(packages.length, found);
    if (tooMuch !== undefined) return tooMuch;
  }
  return packages.length > 0 ? { packages } : undefined;
}

/** NuGet packages of published .NET applications and of the shared runtime: those of which files are in the image. Projects of the application are no packages. */
export const dotnetDependencies: FileCataloger = {
  id: 'dotnet',
  mostBytes: 32 << 20,
  wants: ({ path }) => path.endsWith('.deps.json'),
  read: (_head, bytes) => read(bytes),
};
