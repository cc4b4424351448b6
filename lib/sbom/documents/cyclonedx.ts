import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { FoundPackage, ImageIdentity, ImageInventory, OperatingSystem } from '../../core/sbom/index.ts';
import { groupAndName, imagePurlOf, isOfSystem, purlOf } from '../purl.ts';
import { joined, type Licence, readLicences } from './licences.ts';
import { digestParts, documentUuid, type Made, oneLine, packageId, written } from './naming.ts';

const specs = { '1.6': Spec.Spec1dot6, '1.7': Spec.Spec1dot7 };
export type CycloneDxVersion = keyof typeof specs;

const { ComponentType, HashAlgorithm } = Enums;
const declared = Enums.LicenseAcknowledgement.Declared;
const hashes: Readonly<Record<string, Enums.HashAlgorithm>> = { sha256: HashAlgorithm['SHA-256'], sha512: HashAlgorithm['SHA-512'] };

const imageRef = 'image';
const systemRef = 'operating-system';

/** Name and value, where there is one. */
const propertiesOf = (pairs: readonly (readonly [name: string, value: string | undefined])[]): Models.PropertyRepository =>
  new Models.PropertyRepository(
    pairs.flatMap(([name, value]) => (value === undefined ? [] : [new Models.Property(`gatehouse:${name}`, value)])),
  );

/** Either one expression or a list of licences: the format allows no mixture. */
const licencesOf = (licences: readonly Licence[]): Models.LicenseRepository => {
  if (licences.some(({ is }) => is === 'expression') && licences.every(({ is }) => is !== 'words')) {
    const expression = new Models.LicenseExpression(joined(licences));
    expression.acknowledgement = declared;
    return new Models.LicenseRepository([expression]);
  }
  const op = { acknowledgement: declared };
  return new Models.LicenseRepository(
    licences.map(({ is, text }) => (is === 'id' ? new Models.SpdxLicense(text, op) : new Models.NamedLicense(text, op))),
  );
};

const imageComponent = (image: ImageIdentity): Models.Component => {
  const [algorithm, digits] = digestParts(image.digest);
  const alg = hashes[algorithm];
  const purl = imagePurlOf(image);
  const { os, architecture, variant } = image.platform;
  return new Models.Component(ComponentType.Container, image.repository, {
    bomRef: imageRef,
    version: image.digest,
    ...(purl !== undefined && { purl }),
    ...(alg && { hashes: new Models.HashDictionary([[alg, digits]]) }),
    properties: propertiesOf([
      ['image:name', image.name],
      ['image:tag', image.tag],
      ['image:platform', [os, architecture, variant].filter((part) => part).join('/')],
      ['image:config', image.configDigest],
      ['image:index', image.indexDigest],
      ...image.layers.map(({ digest }) => ['image:layer', digest] as const),
    ]),
  });
};

const systemComponent = ({ id, versionId, name, codename, like }: OperatingSystem): Models.Component =>
  new Models.Component(ComponentType.OperatingSystem, id, {
    bomRef: systemRef,
    ...(versionId !== undefined && { version: versionId }),
    ...(name !== undefined && { description: name }),
    properties: propertiesOf([
      ['os:codename', codename],
      ['os:like', like?.join(' ')],
    ]),
  });

/** Distributions supply, authors write. */
const peopleOf = ({ type, supplier }: FoundPackage) => {
  const name = oneLine(supplier ?? '');
  if (name === '') return {};
  return isOfSystem(type) ? { supplier: new Models.OrganizationalEntity({ name }) } : { author: name };
};

const packageComponent = (found: FoundPackage, os: OperatingSystem | undefined): Models.Component => {
  // modules of Go are called by their whole path
  const [group, name] = found.type === 'golang' ? [undefined, found.name] : groupAndName(found);
  const purl = purlOf(found, os);
  return new Models.Component(found.main ? ComponentType.Application : ComponentType.Library, name, {
    bomRef: packageId(found),
    ...(group !== undefined && { group }),
    version: found.version,
    ...(purl !== undefined && { purl }),
    ...peopleOf(found),
    licenses: licencesOf(readLicences(found.licenses)),
    properties: propertiesOf([
      ['package:type', found.type],
      ['package:cataloger', found.cataloger],
      ['package:architecture', found.architecture],
      ['package:source', found.source && `${found.source.name} ${found.source.version}`],
      ['package:module', found.module],
      ['package:owner', found.owner],
    ]),
  });
};

const toolOf = ({ version }: Made): Models.Tools =>
  new Models.Tools({
    components: new Models.ComponentRepository([new Models.Component(ComponentType.Application, 'gatehouse', { version })]),
  });

const bomOf = (inventory: ImageInventory, made: Made, version: CycloneDxVersion): Models.Bom => {
  const { image, os, packages, troubles, analyser } = inventory;
  return new Models.Bom({
    serialNumber: `urn:uuid:${documentUuid(inventory, made, `cyclonedx-${version}`)}`,
    metadata: new Models.Metadata({
      tools: toolOf(made),
      component: imageComponent(image),
      properties: propertiesOf([['analyser', analyser], ...troubles.map((trouble) => ['trouble', trouble] as const)]),
    }),
    components: new Models.ComponentRepository([
      ...(os ? [systemComponent(os)] : []),
      ...packages.map((found) => packageComponent(found, os)),
    ]),
  });
};

/** Where a package was seen, which the library's model does not hold. */
const evidenceOf = ({ locations }: FoundPackage) => ({
  occurrences: locations.map(({ path, layer }) => ({ location: `/${path}`, additionalContext: `layer ${layer}` })),
});

/** A CycloneDX document, as JSON. */
export const cycloneDxOf = (inventory: ImageInventory, made: Made, version: CycloneDxVersion = '1.6'): string => {
  const factory = new Serialize.JSON.Normalize.Factory(specs[version]);
  // in the order of the inventory: the library would sort by the machine's language
  const normal = factory.makeForBom().normalize(bomOf(inventory, made, version), {});
  // an empty list of dependencies would say that there are none, and nobody looked for them
  const { dependencies: _, metadata, components, ...rest } = normal;
  const found = new Map(inventory.packages.map((one) => [packageId(one), one]));
  return written({
    ...rest,
    metadata: { ...metadata, timestamp: made.at },
    components: (components ?? []).map((component) => {
      const one = found.get(component['bom-ref'] ?? '');
      return one ? { ...component, evidence: evidenceOf(one) } : component;
    }),
    ...(inventory.troubles.length > 0 && { compositions: [{ aggregate: 'incomplete', assemblies: [imageRef] }] }),
  });
};
