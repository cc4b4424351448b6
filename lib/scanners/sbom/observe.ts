import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ImageInventory, Platform } from '../../core/sbom/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { applyVex, matchInventory } from '../../vulnerabilities/index.ts';
import { byText, inTurn, readAll, readEach } from '../configuration/listing.ts';
import { commonOf, nodeListing } from '../configuration/nodes.ts';
import type { ScannerPorts } from '../scanner.ts';
import type { AnalysedImage, SbomFacts, SbomNode, SbomTicket, ScannedImage } from './facts.ts';
import { gatherImages, type PulledImage } from './gather.ts';
import { podListingOf } from './needs.ts';
import { type Scope, scopeText } from './options.ts';
import { noPullSecrets, type PullSecrets, readPullSecrets } from './pull-secrets.ts';
import { ImageNode, ImagePod } from './schema.ts';
import type { ImageTools, KnownVulnerabilities } from './tools.ts';

/** Images under way at once: each already pulls several layers. */
const atOnce = 2;
/** What nodes nobody could read are taken for. */
const usualPlatform: Platform = { os: 'linux', architecture: 'amd64' };

interface NodeAndPlatform {
  readonly node: SbomNode;
  readonly platform: Platform;
}

const readNodes = (access: ClusterAccess): Promise<Slice<readonly NodeAndPlatform[]>> =>
  readAll(access, nodeListing, ImageNode, (one) => {
    const { kubeletVersion, osImage, operatingSystem, architecture } = one.status.nodeInfo;
    const { name, role } = commonOf(one);
    return {
      node: { name, role, kubeletVersion, osImage },
      platform: { os: operatingSystem, architecture: architecture || usualPlatform.architecture },
    };
  });

const queryOf = (scope: Scope) =>
  scope.scope === 'label-selector'
    ? { query: { labelSelector: scope.labelSelector } }
    : scope.scope === 'pod'
      ? { query: { fieldSelector: `metadata.name=${scope.pod}` } }
      : {};

const readImages = async (
  access: ClusterAccess,
  scope: Scope,
  nodes: Slice<readonly NodeAndPlatform[]>,
  nameOf: ImageTools['nameOf'],
): Promise<Result<readonly PulledImage[]>> => {
  const platforms = new Map(nodes.read ? nodes.value.map(({ node, platform }) => [node.name, platform]) : []);
  const { add, forget, images } = gatherImages((node) => platforms.get(node ?? '') ?? usualPlatform, nameOf);
  const listing = podListingOf(scope.scope === 'cluster' ? undefined : scope.namespace);
  const read = await readEach(access, listing, ImagePod, add, forget, queryOf(scope));
  if (!read.read) return failed(read.missing ? 'permission-missing' : 'answer-invalid', `Nobody knows which images run: ${read.reason}`);
  const found = images();
  return found.length === 0
    ? failed('not-found', `Nothing runs in the scope of the scan (${scopeText(scope)}); check its names, or scan the whole cluster.`)
    : succeed(found);
};

/** The registry may hold another image under this name by now than the one a node was given by hand. */
const isOther = ({ digest, configDigest }: PulledImage, { image }: ImageInventory): boolean =>
  digest === undefined && configDigest !== undefined && image.configDigest !== configDigest;

/** Archives are found by name: what is in one may be another image than the one that runs. */
const otherDigest = ({ digest }: PulledImage, { image }: ImageInventory): readonly string[] =>
  digest === undefined || [image.digest, image.indexDigest, image.configDigest].includes(digest)
    ? []
    : [`What was read is ${image.digest} from an archive, and the nodes say that ${digest} runs; nobody can say whether that is the same.`];

const analyse = async (
  image: PulledImage,
  { inventory }: ImageTools,
  known: KnownVulnerabilities,
  secrets: PullSecrets,
  signal: AbortSignal,
): Promise<Slice<AnalysedImage>> => {
  const credentials = await secrets.credentialsFor(image.hints);
  const { reference, platform, names } = image;
  const read = await inventory({ reference, platform, names, credentials, signal });
  if (!read.ok) return unseen(read.failure.say);
  const { value } = read;
  if (isOther(image, value))
    return unseen(
      `What runs was put on the node by hand, and is not what the registry has under the name ${image.reference}; push it, or scan it as an archive.`,
    );
  const matches = applyVex(await matchInventory(value, known.advisories, known), known.vex, value);
  const os = value.os?.name ?? value.os?.id;
  return seen({
    digest: value.image.digest,
    ...(os === undefined ? {} : { os }),
    packages: value.packages.length,
    troubles: [...value.troubles, ...otherDigest(image, value)],
    matches,
  });
};

const platformNote = (nodes: Slice<unknown>): readonly string[] =>
  nodes.read ? [] : [`The nodes could not be read, so images of several platforms were taken for linux/amd64: ${nodes.reason}`];

/** Everything an SBOM scan observes. An image that cannot be pulled or read is named with its reason; the scan fails only when nobody knows what runs, or what is vulnerable. */
export const observeImages = async (ticket: SbomTicket, ports: ScannerPorts): Promise<Result<SbomFacts | undefined>> => {
  const { access, images: tools, signal, progress } = ports;
  if (!tools) return failed('input-invalid', 'An SBOM scan pulls images, and a recording has none; name a cluster.');
  const { cluster, scope, options } = ticket;
  const [nodes, known] = await Promise.all([readNodes(access), tools.vulnerabilities()]);
  if (!known.ok) return known;
  const running = await readImages(access, scope, nodes, tools.nameOf);
  if (!running.ok) return running;
  const secrets = options.pullSecrets ? readPullSecrets(access) : noPullSecrets;
  let done = 0;
  const total = running.value.length;
  const scanOne = async (image: PulledImage): Promise<ScannedImage> => {
    const { hints: _, ...what } = image;
    const analysis = signal.aborted ? unseen('The scan was cancelled.') : await analyse(image, tools, known.value, secrets, signal);
    done += 1;
    progress({ done, total, doing: `reading ${what.repository}` });
    return { ...what, analysis };
  };
  progress({ done, total, doing: 'reading images' });
  const images = await inTurn(
    running.value.map((image) => () => scanOne(image)),
    atOnce,
  );
  if (signal.aborted) return failed('cancelled', 'The scan was cancelled; no report was written.');
  return succeed({
    cluster,
    scope,
    nodes: nodes.read ? seen(nodes.value.map(({ node }) => node).toSorted((a, b) => byText(a.name, b.name))) : nodes,
    images,
    notes: [...platformNote(nodes), ...secrets.troubles()],
    observedAt: ports.now(),
  });
};
