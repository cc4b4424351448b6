import { describe, expect, it } from 'vitest';
import { probes, statements } from '../lib/checks/exposure/index.ts';
import { leftOut } from '../lib/checks/exposure/left-out.ts';
import { penetrationFramework } from '../lib/frameworks/penetration.ts';
import { probesPage } from './probes-page.ts';

const page = await probesPage();
const sectionOf = (id: string): string =>
  page
    .slice(page.indexOf(`\n### ${id}\n`))
    .split('\n### ', 2)
    .join('');

describe('the page of probes', () => {
  it('has a section for every probe and statement, and a row', () => {
    for (const { id, title } of [...probes, ...statements]) {
      expect(page).toContain(`\n### ${id}\n\n${title}.\n`);
      expect(page).toContain(`| [${id}](#${id.replaceAll('/', '')}) |`);
    }
  });

  it('names each row of the tables once: with what answers it, or why nothing does', () => {
    for (const { id } of penetrationFramework.controls) expect(page.match(new RegExp(`^\\| ${id} \\| \\[`, 'gm')), id).toHaveLength(1);
    for (const [id, why] of Object.entries(leftOut)) expect(page).toContain(`| ${id} | Left out. ${why} |`);
  });

  it('says what a probe sends, from the probe itself', () => {
    expect(sectionOf('exposure/kubelet/anonymous-pods')).toContain('* Sends: `GET /pods`\n');
    expect(sectionOf('exposure/api-server/anonymous-creation')).toContain('dryRun=All');
  });

  it('says of every probe what it leaves behind, and of no statement', () => {
    for (const { id, leaves } of probes) expect(sectionOf(id)).toContain(`* Leaves behind: ${leaves}`);
    for (const { id } of statements) expect(sectionOf(id)).not.toContain('Leaves behind');
  });
});
