import type { Evidence } from '../../../core/finding.ts';

const numbers = new Intl.Collator('en', { numeric: true });

/** The first so many of some texts, and that there are more. */
export const firstOf = (texts: readonly string[], most: number): string =>
  texts.length > most ? `${texts.slice(0, most).join(', ')} and ${texts.length - most} more; the rest is in report.json` : texts.join(', ');

const split = (endpoint: string): readonly [address: string, port: string] => {
  const at = endpoint.lastIndexOf(':');
  return [endpoint.slice(0, at), endpoint.slice(at + 1)];
};

/** Endpoints in few words: addresses that have the same ports stand together. `10.0.0.4, 10.0.0.5: 22, 80, 443`. */
export const endpointLines = (endpoints: readonly string[], mostAddresses: number): readonly string[] => {
  const byAddress = Map.groupBy(new Set(endpoints), (endpoint) => split(endpoint)[0]);
  const portsOf = [...byAddress].map(
    ([address, own]) =>
      [
        address,
        own
          .map((one) => split(one)[1])
          .toSorted(numbers.compare)
          .join(', '),
      ] as const,
  );
  const byPorts = Map.groupBy(portsOf, ([, ports]) => ports);
  return [...byPorts].map(([ports, own]) => {
    const addresses = own.map(([address]) => address).toSorted(numbers.compare);
    const [only = ''] = addresses;
    return addresses.length === 1 && !ports.includes(',') ? `${only}:${ports}` : `${firstOf(addresses, mostAddresses)}: ${ports}`;
  });
};

/** Looks over the network that found the same from both vantages, as one: the same line twice says nothing. */
export const mergeVantages = (evidence: readonly Evidence[]): readonly Evidence[] => {
  const same = ({ source, looked, found, nodes, endpoints }: Evidence) =>
    JSON.stringify([endpoints === undefined ? source : source.split(', ')[0], looked, found, nodes, endpoints]);
  return [...Map.groupBy(evidence, same).values()].flatMap((own) => {
    const [first] = own as [Evidence];
    if (first.endpoints === undefined) return own;
    const [start, ...rest] = [...new Set(own.map(({ source }) => source))];
    return { ...first, source: [start, ...rest.map((source) => source.replace(/^network, /, ''))].join(' and ') };
  });
};
