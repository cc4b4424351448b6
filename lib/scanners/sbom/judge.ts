import type { Judgement, Subject, Vulnerability } from '../../core/finding.ts';
import { bySeverity, type Severity } from '../../core/outcome.ts';
import { ecosystems, isAnswered, type VulnerabilityMatch } from '../../vulnerabilities/index.ts';
import { byText } from '../configuration/listing.ts';
import { advisoriesKnown, imageReadable, noVulnerabilities, type SbomCheck, vulnerabilityCheck } from './checks.ts';
import type { SbomFacts, ScannedImage } from './facts.ts';

/** One check with what it says of every image. */
export interface JudgedImages {
  readonly check: SbomCheck;
  readonly judgements: readonly Judgement[];
}

/** An image's digest, short enough for a sentence. */
const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 12);
const imageSubject = (repository: string, found?: string): Subject => ({
  kind: 'Image',
  name: repository,
  ...(found === undefined ? {} : { package: found }),
});
const withoutRelease = (ecosystem: string): string => ecosystem.replace(/:.*$/, '');
/** How subjects call a package; without the release, so that it is the same after the base image moved on. */
const packageText = (ecosystem: string, name: string): string => `${withoutRelease(ecosystem)}/${name}`;
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted(byText);

/** One vulnerability of one package in one image. */
interface Hit {
  readonly image: ScannedImage;
  readonly digest: string;
  readonly match: VulnerabilityMatch;
}

const hitsOf = (image: ScannedImage): readonly Hit[] => {
  const { analysis } = image;
  return analysis.read ? analysis.value.matches.matches.map((match) => ({ image, digest: analysis.value.digest, match })) : [];
};

const listed = (texts: readonly string[]): string =>
  texts.length > 3 ? `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more` : texts.join(', ');

const ratingText = ({ score, unscored, epss, exploited }: VulnerabilityMatch): string =>
  [
    unscored ? 'unscored' : score === undefined ? undefined : `CVSS ${score.toFixed(1)}`,
    epss && `EPSS ${(100 * epss.probability).toFixed(1)} %`,
    exploited && `known to be exploited since ${exploited.since}${exploited.ransomware ? ', also by ransomware' : ''}`,
  ]
    .filter((text) => text !== undefined)
    .join(', ');

const evidenceOf = ({ image, digest, match }: Hit): Judgement['evidence'][number] => {
  const { package: found, fixedVersions, advisories, ecosystem } = match;
  const where = unique(found.locations.map(({ path }) => path));
  const fixed = fixedVersions.length > 0 ? `fixed in ${listed(fixedVersions)}` : 'no fix is known';
  const rating = ratingText(match);
  return {
    source: `image ${image.repository}@${digest}`,
    looked: `${found.name} in ${listed(where)}`,
    found: `${found.version}; ${fixed}; ${ecosystem}: ${listed(advisories)}${rating === '' ? '' : `; ${rating}`}${match.vex ? `; VEX: ${match.vex.status}` : ''}`,
  };
};

const vulnerabilityOf = (hits: readonly [Hit, ...Hit[]]): Vulnerability => {
  const [{ match }] = hits;
  const { score, vector, epss, exploited } = match;
  return {
    id: match.id,
    aliases: [...match.aliases],
    package: match.package.name,
    ecosystem: match.ecosystem,
    installed: [...unique(hits.map((one) => one.match.package.version))],
    fixed: [...new Set(hits.flatMap((one) => one.match.fixedVersions))],
    unscored: match.unscored,
    ...(score === undefined ? {} : { score }),
    ...(vector === undefined ? {} : { vector }),
    ...(epss === undefined ? {} : { epss: epss.probability }),
    ...(exploited === undefined ? {} : { exploited: exploited.since }),
  };
};

const repairOf = ({ package: found, fixed }: Vulnerability): string =>
  fixed.length === 0
    ? 'Nobody has a fixed version yet. Leave the package out of the image if it is not needed; else accept the risk until there is one, with a waiver that has untilFixable.'
    : `Build the image anew with ${found} ${listed(fixed)} or later, mostly by taking a newer base image, and roll it out.`;

/** Hits of one vulnerability in one package of one repository: one finding, whatever digests and platforms run. */
const judgeHits = (subject: Subject, hits: readonly [Hit, ...Hit[]]): Judgement => {
  const open = hits.filter(({ match }) => !isAnswered(match));
  const [first = hits[0], ...rest] = open.toSorted((a, b) => bySeverity(a.match.severity, b.match.severity));
  const vulnerability = vulnerabilityOf([first, ...rest]);
  const { package: name, installed, fixed } = vulnerability;
  const severity: Severity = first.match.severity;
  const evidence = hits.map(evidenceOf);
  if (open.length === 0) {
    const { vex } = first.match;
    const said = vex?.words === undefined ? '' : `: ${vex.words.replace(/\.$/, '')}`;
    const message = `${name} ${listed(installed)} is listed, but a VEX statement says ${vex?.status === 'fixed' ? 'that it is mended' : 'that it is not affected'}${said}.`;
    return { subject, outcome: 'not-applicable', message, evidence, severity, vulnerability };
  }
  const mended = fixed.length > 0 ? `a fix is in ${listed(fixed)}` : 'there is no fix yet';
  const message = `${name} ${listed(installed)} is affected; ${mended}${vulnerability.exploited === undefined ? '' : ', and it is known to be exploited'}.`;
  return { subject, outcome: 'fail', message, evidence, severity, repair: repairOf(vulnerability), vulnerability };
};

function* judgeVulnerabilities({ images }: SbomFacts): Generator<JudgedImages> {
  const byId = Map.groupBy(images.flatMap(hitsOf), ({ match }) => match.id);
  for (const [id, hits] of byId) {
    const groups = Map.groupBy(hits, ({ image, match }) =>
      JSON.stringify([image.repository, packageText(match.ecosystem, match.package.name)]),
    );
    const judgements = [...groups].map(([key, own]) => {
      const [repository = '', found] = JSON.parse(key) as readonly string[];
      return judgeHits(imageSubject(repository, found), own as unknown as readonly [Hit, ...Hit[]]);
    });
    yield {
      check: vulnerabilityCheck(
        id,
        hits.map(({ match }) => match),
      ),
      judgements,
    };
  }
}

const nameOf = ({ repository, digest, platform }: ScannedImage): string =>
  `${repository}${digest === undefined ? '' : ` (${shortDigest(digest)})`} for ${platform.os}/${platform.architecture}`;

/** Why not everything that is in an image is known, as sentences; empty where it is. */
const unreadOf = (image: ScannedImage): readonly string[] => {
  const { analysis } = image;
  if (!analysis.read) return [analysis.reason];
  const { packages, troubles } = analysis.value;
  const nothing = 'No package was found in it: it has no database of a package manager, and no program that says what it is made of.';
  return [...troubles.map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)), ...(packages === 0 ? [nothing] : [])];
};

const judgeReadable = ({ images }: SbomFacts): JudgedImages => ({
  check: imageReadable,
  judgements: images.flatMap((image): readonly Judgement[] => {
    const why = unreadOf(image);
    if (why.length === 0) return [];
    const found = listed(why).slice(0, 1_500);
    return [
      {
        subject: imageSubject(image.repository),
        outcome: 'unknown',
        message: found,
        evidence: [{ source: `image ${image.reference}`, looked: nameOf(image), found }],
      },
    ];
  }),
});

const packages = (count: number): string => (count === 1 ? '1 package' : `${count} packages`);

/** The ecosystems of which an image has packages that could not be compared, with the reasons. */
const gapsOf = ({ analysis }: ScannedImage): readonly (readonly [ecosystem: string, why: string])[] => {
  if (!analysis.read) return [];
  const { notMatched, undecided } = analysis.value.matches;
  return [
    ...notMatched.map(
      ({ ecosystem, packages: count, reason }) =>
        [ecosystem, `${packages(count)} of ${ecosystem} not compared, because ${reason}.`] as const,
    ),
    ...undecided.map(
      ({ package: found, ecosystem, reason, advisories }) =>
        [ecosystem, `${found.name} may be affected by ${listed(advisories)}, but nobody can say: ${reason}.`] as const,
    ),
  ];
};

/** The part of an image that nobody compared: all of it where its distribution is none that is known. */
const gapSubject = (repository: string, ecosystem: string): Subject =>
  imageSubject(repository, ecosystems.includes(withoutRelease(ecosystem)) ? packageText(ecosystem, '*') : undefined);

const judgeAdvisories = ({ images }: SbomFacts): JudgedImages => ({
  check: advisoriesKnown,
  judgements: images.flatMap((image) =>
    [...Map.groupBy(gapsOf(image), ([ecosystem]) => ecosystem)].map(([ecosystem, gaps]): Judgement => {
      const reasons = gaps.map(([, why]) => why);
      const message = reasons.length > 3 ? `${reasons.slice(0, 3).join(' ')} And ${reasons.length - 3} more.` : reasons.join(' ');
      return {
        subject: gapSubject(image.repository, ecosystem),
        outcome: 'unknown',
        message,
        evidence: [
          { source: `image ${image.reference}`, looked: `packages of ${ecosystem}`, found: reasons.slice(0, 20).join(' ').slice(0, 2_000) },
        ],
      };
    }),
  ),
});

const isClean = (image: ScannedImage): boolean =>
  unreadOf(image).length === 0 && gapsOf(image).length === 0 && hitsOf(image).every(({ match }) => isAnswered(match));

/** A repository of which everything that runs was compared, and nothing found. */
const judgeClean = ({ images }: SbomFacts): JudgedImages => ({
  check: noVulnerabilities,
  judgements: [...Map.groupBy(images, ({ repository }) => repository)].flatMap(([repository, own]): readonly Judgement[] =>
    own.every(isClean)
      ? [
          {
            subject: imageSubject(repository),
            outcome: 'pass',
            message: 'Every package was compared with advisories, and none is affected.',
            evidence: own.flatMap(({ analysis, reference }) =>
              analysis.read
                ? [{ source: `image ${reference}`, looked: 'its packages', found: `${packages(analysis.value.packages)}, none affected` }]
                : [],
            ),
          },
        ]
      : [],
  ),
});

/** What the packages of all images say. Pure. */
export function* judgeImages(facts: SbomFacts): Generator<JudgedImages> {
  yield* judgeVulnerabilities(facts);
  for (const judged of [judgeReadable(facts), judgeAdvisories(facts), judgeClean(facts)]) if (judged.judgements.length > 0) yield judged;
}
