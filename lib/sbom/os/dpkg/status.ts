import type { SoftwarePackage } from '../../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../../cataloger.ts';
import { excess } from '../limits.ts';
import { notText, textOf } from '../text.ts';
import { type Paragraph, paragraphsOf } from './paragraphs.ts';

const wanted = new Set(['package', 'status', 'version', 'architecture', 'source', 'maintainer']);
/** States of dpkg(1) in which the files of a package lie on the disk. */
const present = new Set(['unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending', 'installed']);
const folder = 'var/lib/dpkg/status.d/';
/** What lies in status.d beside the packages themselves: checksums and scripts. Names of packages have dots too, so these endings are listed. */
const beside = /\.(md5sums|list|preinst|postinst|prerm|postrm|conffiles|config|templates|triggers|shlibs|symbols)$/;

/** `Source: glibc (2.36-9)`; name and version are those of the package where the field does not say otherwise. */
function sourceOf(text: string | undefined, name: string, version: string): { name: string; version: string } {
  const [, source, sourceVersion] = /^([^\s(]+)\s*(?:\(([^)\s]+)\))?/.exec(text ?? '') ?? [];
  return { name: source ?? name, version: sourceVersion ?? version };
}

function packageOf(fields: Paragraph): SoftwarePackage | undefined {
  const name = fields.get('package');
  const version = fields.get('version');
  const state = fields.get('status')?.split(/\s+/).at(-1);
  // paragraphs of status.d have no state: they are there because their package is
  if (!name || !version || (state !== undefined && !present.has(state))) return undefined;
  const architecture = fields.get('architecture');
  const supplier = fields.get('maintainer');
  return {
    type: 'deb',
    name,
    version,
    source: sourceOf(fields.get('source'), name, version),
    ...(architecture && { architecture }),
    ...(supplier && { supplier }),
  };
}

function read(bytes: Uint8Array): FileFindings | undefined {
  const text = textOf(bytes);
  if (text === undefined) return notText;
  const paragraphs = paragraphsOf(text, wanted);
  if (typeof paragraphs === 'number') return { unreadable: `line ${paragraphs} is none of a dpkg database` };
  if (paragraphs.some((fields) => !fields.get('package'))) return { unreadable: 'it has a paragraph without the name of a package' };
  const packages = paragraphs.flatMap((fields) => packageOf(fields) ?? []);
  const tooMuch = excess(paragraphs.length) ?? packages.map((found) => excess(0, found)).find((one) => one !== undefined);
  if (tooMuch !== undefined) return tooMuch;
  return packages.length === 0 ? undefined : { packages };
}

/** The installed packages of dpkg(1), and those of images without dpkg, which have a file for each in status.d. */
export const dpkgStatus: FileCataloger = {
  id: 'dpkg',
  mostBytes: 32 << 20,
  wants: ({ path }) =>
    path === 'var/lib/dpkg/status' || (path.startsWith(folder) && !path.includes('/', folder.length) && !beside.test(path)),
  read: (_head, bytes) => read(bytes),
};
