import { sha256 } from '../index/slots.ts';
import { imagePurl } from './purl.ts';
import type { VexJustification } from './statement.ts';

/** A match that somebody accepted, as the waiver says. */
export interface AcceptedVulnerability {
  /** The match's id. */
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  /** Where: `docker.io/library/nginx`. Without a digest, every image of the repository. */
  readonly repository: string;
  readonly digest?: string;
  /** Package URLs of the packages it is in. */
  readonly packages: readonly string[];
  readonly waiver: {
    readonly id: string;
    readonly reason: string;
    readonly owner: string;
    readonly approver: string;
    readonly expires: string;
    /** Given when the software is not affected at all; then the statement says so. */
    readonly justification?: VexJustification;
  };
}

export interface OpenVexOptions {
  /** Who speaks: an address or the name of an organisation. */
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  readonly version: string;
}

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/**
 * To accept a risk is not to be unaffected: without a justification the status is `affected`, and what to do about it is the acceptance with its end.
 */
const standingOf = ({ waiver }: AcceptedVulnerability) =>
  waiver.justification === undefined
    ? {
        status: 'affected',
        action_statement: `Accepted until ${waiver.expires} by ${waiver.approver} (owner ${waiver.owner}, waiver ${waiver.id}): ${waiver.reason}`,
      }
    : {
        status: 'not_affected',
        justification: waiver.justification,
        impact_statement: `${waiver.reason} (until ${waiver.expires}, approved by ${waiver.approver}, owner ${waiver.owner}, waiver ${waiver.id})`,
      };

const component = (purl: string) => ({ '@id': purl, identifiers: { purl } });

const statementOf = (accepted: AcceptedVulnerability) => {
  const { vulnerability, aliases, repository, digest, packages } = accepted;
  const parts = sorted(packages).map(component);
  return {
    vulnerability: { name: vulnerability, ...(aliases.length > 0 && { aliases: sorted(aliases) }) },
    products: [{ ...component(imagePurl(repository, digest)), ...(parts.length > 0 && { subcomponents: parts }) }],
    ...standingOf(accepted),
  };
};

/** An OpenVEX 0.2.0 document, as JSON, of what waivers accept. Same input, same bytes; its id is made from its content. */
export const toOpenVex = (accepted: readonly AcceptedVulnerability[], { author, at, version }: OpenVexOptions): string => {
  const written = sorted(accepted.map((one) => JSON.stringify(statementOf(one))));
  const statements = written.map((one): unknown => JSON.parse(one));
  const id = `urn:gatehouse:vex:${sha256(Buffer.from(JSON.stringify([author, at, version, statements])))}`;
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': id,
    author,
    timestamp: at,
    version: 1,
    tooling: `Gatehouse ${version}`,
    statements,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
