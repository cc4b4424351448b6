import { succeed } from '../../../core/failure.ts';
import { type Format, fileNames } from '../../../reports/renderers/renderer.ts';
import { inSession } from '../run.ts';
import { type ScanFlags, scanOf } from '../scan-ref.ts';
import type { PrintFlags } from '../session.ts';
import { downloadEvidence, downloadNamed, type LinkTo } from '../stored-files.ts';

interface DownloadFlags extends PrintFlags, ScanFlags {
  readonly format: readonly Format[];
  /** Files by name, instead of formats. */
  readonly file?: readonly string[];
  readonly out: string;
  readonly evidence?: boolean;
}

export const downloadScan = inSession<DownloadFlags>(async (session, flags) => {
  const params = await scanOf(session.client, flags, 'completed');
  if (!params.ok) return params;
  const scan = await session.client.call('scans.get', { params: params.value });
  if (!scan.ok) return scan;
  const linkTo: LinkTo = async (file) => {
    const link = await session.client.call('scans.download', { params: { ...params.value, file } });
    return link.ok ? succeed(link.value.body) : link;
  };
  const names = flags.file ?? flags.format.map((format) => fileNames[format]);
  const written = flags.evidence
    ? await downloadEvidence(session, linkTo, scan.value.body, flags.out)
    : await downloadNamed(session, linkTo, scan.value.body, names, flags.out);
  if (!written.ok) return written;
  const { manifest } = scan.value.body;
  const from = manifest && manifest.sequence > 1 ? ` --from-sequence ${manifest.sequence}` : '';
  const note = flags.evidence ? `Check it: gatehouse verify ${flags.out}${from}` : undefined;
  return succeed({ json: { files: written.value }, text: written.value.map((path) => `${path}\n`).join(''), note });
});
