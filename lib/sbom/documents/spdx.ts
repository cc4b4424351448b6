import type { FoundPackage, ImageIdentity, ImageInventory, OperatingSystem } from '../../core/sbom/index.ts';
import { imagePurlOf, isOfSystem, purlOf } from '../purl.ts';
import { joined, readLicences, referenceFor } from './licences.ts';
import { digestParts, documentUuid, type Made, oneLine, packageId, written } from './naming.ts';

const none = 'NOASSERTION';
const imageId = 'SPDXRef-Image';
const systemId = 'SPDXRef-OperatingSystem';
const idOf = (found: FoundPackage): string => `SPDXRef-Package-${packageId(found)}`;

const purlReference = (purl: string | undefined) =>
  purl === undefined ? {} : { externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }] };

/** What nobody looked at, SPDX wants to be said. */
const unknown = { downloadLocation: none, filesAnalyzed: false, licenseConcluded: none, copyrightText: none };

const imagePackage = (image: ImageIdentity) => {
  const [algorithm, checksumValue] = digestParts(image.digest);
  return {
    SPDXID: imageId,
    name: image.repository,
    versionInfo: image.tag ?? image.digest,
    ...unknown,
    licenseDeclared: none,
    checksums: [{ algorithm: algorithm.toUpperCase(), checksumValue }],
    primaryPackagePurpose: 'CONTAINER',
    ...purlReference(imagePurlOf(image)),
  };
};

const systemPackage = ({ id, versionId, name }: OperatingSystem) => ({
  SPDXID: systemId,
  name: id,
  ...(versionId !== undefined && { versionInfo: versionId }),
  ...(name !== undefined && { description: name }),
  ...unknown,
  licenseDeclared: none,
  primaryPackagePurpose: 'OPERATING_SYSTEM',
});

/** Whether a person or an organisation stands behind a name is not told: distributions and vendors are taken for organisations, authors for persons. */
const peopleOf = ({ type, supplier }: FoundPackage) => {
  if (supplier === undefined || oneLine(supplier) === '') return {};
  const [, name = '', mail] = /^(.*?)\s*(?:<([^<>]+)>)?$/.exec(oneLine(supplier)) ?? [];
  const shown = `${name || mail}${name && mail ? ` (${mail})` : ''}`;
  return isOfSystem(type) ? { supplier: `Organization: ${shown}` } : { originator: `Person: ${shown}` };
};

const sourceInfoOf = ({ locations, source, name, version, cataloger }: FoundPackage): string => {
  const files = locations.map(({ path, layer }) => `/${path} (layer ${layer})`).join(', ');
  const isOther = source && (source.name !== name || source.version !== version);
  return `Found by ${cataloger} in ${files}.${isOther ? ` Built from the source package ${source.name} ${source.version}.` : ''}`;
};

const packageOf = (found: FoundPackage, os: OperatingSystem | undefined) => ({
  SPDXID: idOf(found),
  name: found.name,
  versionInfo: found.version,
  ...peopleOf(found),
  ...unknown,
  licenseDeclared: joined(readLicences(found.licenses)) || none,
  sourceInfo: sourceInfoOf(found),
  ...(found.main && { primaryPackagePurpose: 'APPLICATION' }),
  ...purlReference(purlOf(found, os)),
});

/** Every reference that an expression makes must be explained in the document. */
const extractedLicences = (packages: readonly FoundPackage[]) => {
  const texts = new Map<string, string>();
  for (const licence of packages.flatMap(({ licenses }) => readLicences(licenses))) {
    if (licence.is === 'words') texts.set(referenceFor(licence.text), licence.text);
    if (licence.is === 'expression')
      for (const reference of licence.references) if (!reference.startsWith('DocumentRef-')) texts.set(reference, reference);
  }
  return [...texts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licenseId, text]) => ({ licenseId, name: text, extractedText: text }));
};

const relationshipsOf = ({ os, packages }: ImageInventory) => {
  const contains = (spdxElementId: string, relatedSpdxElement: string) => ({
    spdxElementId,
    relationshipType: 'CONTAINS',
    relatedSpdxElement,
  });
  const owners = new Map(packages.filter(({ type }) => isOfSystem(type)).map((one) => [one.name, idOf(one)]));
  return [
    { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: imageId },
    ...(os ? [contains(imageId, systemId)] : []),
    ...packages.map((found) => contains(imageId, idOf(found))),
    ...packages.flatMap((found) => {
      const owner = found.owner === undefined ? undefined : owners.get(found.owner);
      return owner === undefined ? [] : [contains(owner, idOf(found))];
    }),
  ];
};

/** An SPDX 2.3 document, as JSON. */
export const spdxOf = (inventory: ImageInventory, made: Made): string => {
  const { image, os, packages, troubles } = inventory;
  const licences = extractedLicences(packages);
  return written({
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: image.name,
    documentNamespace: `urn:uuid:${documentUuid(inventory, made, 'spdx-2.3')}`,
    ...(troubles.length > 0 && { comment: `This document is incomplete. ${troubles.join(' ')}` }),
    creationInfo: { created: made.at.replace(/\.\d+(?=Z$)/, ''), creators: [`Tool: gatehouse-${made.version}`] },
    packages: [imagePackage(image), ...(os ? [systemPackage(os)] : []), ...packages.map((found) => packageOf(found, os))],
    ...(licences.length > 0 && { hasExtractedLicensingInfos: licences }),
    relationships: relationshipsOf(inventory),
  });
};
