import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { advisoriesOf, anInventory, aPackage, indexed } from '../../../test/support/vulnerabilities.ts';
import { readEpss } from './epss.ts';
import { readExploited } from './exploited.ts';
import { matchInventory } from './match-inventory.ts';

const csv = `#model_version:v2025.03.14,score_date:2026-02-01T12:55:00Z
cve,epss,percentile
CVE-2021-38561,0.00321,0.55012
CVE-2023-49092,0.9,0.999
`;
const catalogue = JSON.stringify({
  title: 'Catalog',
  catalogVersion: '2026.02.02',
  dateReleased: '2026-02-02T15:00:11.1011Z',
  count: 1,
  vulnerabilities: [
    { cveID: 'CVE-2021-38561', vendorProject: 'Go', dateAdded: '2026-01-05', dueDate: '2026-01-26', knownRansomwareCampaignUse: 'Known' },
  ],
});

describe('scores and catalogues', () => {
  it('are read packed and unpacked', () => {
    const bytes = Buffer.from(csv);
    expect(must(readEpss(gzipSync(bytes)))).toEqual(must(readEpss(bytes)));
    expect(must(readEpss(bytes)).date).toBe('2026-02-01T12:55:00.000Z');
  });

  it('mark matches, with their dates', async () => {
    const known = await indexed(advisoriesOf('Go'), ['Go']);
    const packages = ['golang.org/x/text', 'github.com/dgrijalva/jwt-go'].map((name) =>
      aPackage({ type: 'golang', name, version: 'v0.3.6' }),
    );
    const options = { epss: must(readEpss(Buffer.from(csv))), exploited: must(readExploited(catalogue)) };
    const found = await matchInventory(anInventory(packages), known, options);
    expect(found.matches.map(({ id, epss, exploited }) => ({ id, epss, exploited }))).toEqual([
      {
        id: 'CVE-2021-38561',
        epss: { probability: 0.00321, percentile: 0.55012 },
        exploited: { since: '2026-01-05', due: '2026-01-26', ransomware: true },
      },
      { id: 'CVE-2020-26160', epss: undefined, exploited: undefined },
    ]);
    expect([found.epssDate, found.exploitedDate]).toEqual(['2026-02-01T12:55:00.000Z', '2026-02-02T15:00:11.101Z']);
  });

  it.each([
    ['no date', 'cve,epss\nCVE-2021-1234,0.1,0.2', 'score_date'],
    ['no scores', '#score_date:2026-02-01T12:55:00Z\ncve,epss,percentile\n', 'no scores'],
  ])('EPSS with %s is refused', (_, text, why) => {
    const read = readEpss(Buffer.from(text));
    expect([codeOf(read), sayOf(read)]).toEqual(['input-invalid', expect.stringContaining(why)]);
  });

  it('damaged files are refused', () => {
    expect(codeOf(readEpss(gzipSync(Buffer.from(csv)).subarray(0, 40)))).toBe('input-invalid');
    expect(codeOf(readExploited('{'))).toBe('input-invalid');
    expect(sayOf(readExploited('{"dateReleased":"soon","vulnerabilities":[]}'))).toContain('dateReleased: is no date');
  });
});
