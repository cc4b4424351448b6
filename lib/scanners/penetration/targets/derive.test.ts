import { describe, expect, it } from 'vitest';
import { cluster, derive, doorsAt, ingress, node, service, ssl, web } from '../../../../test/support/view.ts';
import { unseen } from '../../../core/facts/index.ts';
import { type Door, doorKey } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { publicOnly } from './networks.ts';

const keys = (doors: readonly Door[]): readonly string[] => doors.map((door) => doorKey(door));
const at = (doors: readonly Door[], place: Door['place']): readonly string[] => keys(doors.filter((door) => door.place === place));

describe('API server', () => {
  it('where the kubeconfig says, at its endpoints, and on nodes of the control plane', () => {
    const { doors, refused } = derive({
      server: 'https://api.shop.example:443',
      serverAddresses: ['10.0.0.100'],
      nodes: [node('cp1', ['10.0.0.4']), node('cp2', ['10.0.0.5', 'fd00::5']), node('w1', ['10.0.0.6'])],
      backends: [{ namespace: 'default', service: 'kubernetes', addresses: ['10.0.0.4', '10.0.0.5'], ports: [6443], foreign: [] }],
    });
    // the port of the balancer is no port of the nodes: somebody else may listen there
    expect(at(doors, 'api-server')).toEqual([
      'tcp 10.0.0.4:6443',
      'tcp 10.0.0.5:6443',
      'tcp 10.0.0.100:443 api.shop.example',
      'tcp [fd00::5]:6443',
    ]);
    expect(doors.find(({ port }) => port === 443)).toMatchObject({
      subject: { kind: 'APIServer', name: 'kube-apiserver', port: '443/tcp' },
      owner: 'kube-apiserver',
      published: false,
    });
    expect(refused).toEqual([]);
  });
  it('one instance under a name and under its address is one door, with the name', () => {
    const { doors } = derive({
      server: 'https://API.shop.example.:6443',
      serverAddresses: ['10.0.0.4'],
      nodes: [node('cp1', ['10.0.0.4'])],
    });
    expect(at(doors, 'api-server')).toEqual(['tcp 10.0.0.4:6443 api.shop.example']);
  });
  it('endpoints with ports without end: those of API servers first, and few', () => {
    const ports = Array.from({ length: 9_000 }, (_, index) => index + 1);
    const { doors } = derive({
      nodes: [node('cp1', ['10.0.0.4'])],
      backends: [{ namespace: 'default', service: 'kubernetes', addresses: ['10.0.0.4'], ports, foreign: [] }],
    });
    expect(doors.filter(({ place, address }) => place === 'api-server' && address === '10.0.0.4').map(({ port }) => port)).toEqual([
      1, 443, 6443, 8443,
    ]);
  });
  it('at the port of the kubeconfig, where endpoints are unknown', () => {
    const { doors } = derive({ server: 'https://[fd00::4]:8443', serverAddresses: [], nodes: [node('cp1', ['10.0.0.4'])] });
    expect(at(doors, 'api-server')).toEqual(['tcp 10.0.0.4:8443', 'tcp [fd00::4]:8443']);
  });
  it.each<[string, string, string[]]>([
    ['no port is 443', 'https://10.0.0.4', ['tcp 10.0.0.4:443']],
    ['plain HTTP is 80', 'http://10.0.0.4/', ['tcp 10.0.0.4:80']],
    ['a path is of no matter', 'https://10.0.0.4:6443/k8s/clusters/c', ['tcp 10.0.0.4:6443']],
    ['loopback is never knocked at', 'https://127.0.0.1:6443', []],
  ])('%s', (_, server, expected) => {
    expect(at(derive({ server, serverAddresses: [] }).doors, 'api-server')).toEqual(expected);
  });
  it.each<[string, string, string[], boolean]>([
    ['an endpoint of a third party', '203.0.113.9', [], false],
    ['a neighbour of the nodes is no node', '10.0.0.77', [], false],
    ['the server itself', '198.51.100.10', [], true],
    ['what is allowed', '203.0.113.9', ['203.0.113.0/24'], true],
    ['metadata, though allowed', '169.254.169.254', ['169.254.0.0/16'], false],
    ['a name', 'evil.example', [], false],
  ])('an EndpointSlice can be written by others: %s', (_, address, allow, counts) => {
    const { doors, refused } = derive({
      allow,
      backends: [{ namespace: 'default', service: 'kubernetes', addresses: [address], ports: [7443], foreign: [address] }],
    });
    expect(at(doors, 'api-server').includes(`tcp ${address}:7443`)).toBe(counts);
    expect(refused.some((one) => one.address === address)).toBe(!counts);
  });
});

describe('nodes', () => {
  it('every address, at ports of probes, of the kubelet and of pods; with what is behind them', () => {
    const { doors } = derive({
      nodes: [{ ...node('w1', ['10.0.0.6', 'fd00::6']), kubeletPort: 11250 }],
      nodePorts: [22, 10250],
      udpPorts: [161],
      hostPods: [
        {
          namespace: 'a',
          kind: 'DaemonSet',
          name: 'x',
          node: 'w1',
          hostNetwork: false,
          ports: [19100],
          containerPorts: { 19100: 9100 },
          images: [],
        },
        { namespace: 'a', kind: 'DaemonSet', name: 'y', node: 'w2', hostNetwork: true, ports: [7777], images: [] },
      ],
    });
    const own = doors.filter(({ place }) => place === 'node');
    expect(keys(own)).toEqual(
      ['10.0.0.6', '[fd00::6]'].flatMap((address) => [
        ...['22', '10250', '11250', '19100'].map((port) => `tcp ${address}:${port}`),
        `udp ${address}:161`,
      ]),
    );
    expect(doorsAt(own, '10.0.0.6', 19100)).toEqual([
      {
        address: '10.0.0.6',
        port: 19100,
        transport: 'tcp',
        place: 'node',
        subject: { kind: 'Node', name: 'w1', role: 'worker', node: 'w1', port: '19100/tcp' },
        owner: 'uid-w1',
        hints: [9100],
        published: false,
      },
    ]);
    expect(doorsAt(own, 'fd00::6', 11250)[0]?.hints).toEqual([10250]);
  });
  it.each<[string, string, string[], boolean]>([
    ['RFC 1918', '192.168.7.7', [], true],
    ['shared (CGN)', '100.64.0.9', [], true],
    ['for benchmarks', '198.19.255.1', [], true],
    ['unique local', 'fd12:3456::1', [], true],
    ['public, that of the API server', '198.51.100.10', [], true],
    ['public, beside the API server, which a cloud shares out', '198.51.100.77', [], false],
    ['public, elsewhere', '203.0.113.9', [], false],
    ['public, allowed', '203.0.113.9', ['203.0.113.9'], true],
    ['global IPv6, elsewhere', '2001:db8:1::9', [], false],
    ['global IPv6, allowed', '2001:db8:1::9', ['2001:db8:1::/64'], true],
    ['loopback', '127.0.0.1', ['127.0.0.0/8'], false],
    ['link-local', 'fe80::1', [], false],
    ['with a zone', 'fe80::1%eth0', [], false],
    ['metadata', '169.254.169.254', [], false],
    ['metadata of IPv6, which looks unique local', 'fd00:ec2::254', [], false],
    ['credentials of pods on EKS, which look unique local', 'fd00:ec2::23', [], false],
    ['metadata of Google Cloud, which looks unique local', 'fd20:ce::254', [], false],
    ['metadata of Alibaba Cloud, which looks shared', '100.100.100.200', [], false],
    ['metadata of Azure, though its network is allowed', '168.63.129.16', ['168.63.129.0/24'], false],
    ['multicast', '224.0.0.1', [], false],
    ['unspecified', '0.0.0.0', [], false],
    ['loopback in the clothes of IPv6', '::ffff:127.0.0.1', [], false],
    ['metadata in the clothes of IPv6', '::ffff:169.254.169.254', [], false],
    ['metadata by NAT64', '64:ff9b::a9fe:a9fe', ['64:ff9b::/96'], false],
    ['third party by NAT64', '64:ff9b::cb00:7109', [], false],
    ['octal', '010.0.0.1', [], false],
    ['a number', '167772161', [], false],
    ['a name', 'w1.example', [], false],
    ['a range', '10.0.0.0/8', [], false],
  ])('an address that a node gives itself: %s', (_, address, allow, counts) => {
    const { doors, refused } = derive({ nodes: [node('w1', [address])], nodePorts: [22], allow });
    expect(doors.filter(({ place }) => place === 'node').length > 0).toBe(counts);
    expect(refused.filter(({ what }) => what === 'Node w1').map((one) => one.address)).toEqual(counts ? [] : [address]);
    for (const { why } of refused) expect(why).toMatch(/^[A-Z].*\.$/);
  });
  it('one address in several spellings is one door in the usual spelling', () => {
    const { doors } = derive({
      nodes: [node('w1', ['10.0.0.6', '::ffff:10.0.0.6', '::FFFF:a00:6', 'fd00:0:0::6', 'FD00::0006'])],
      nodePorts: [22],
    });
    expect(at(doors, 'node').filter((key) => key.endsWith(':22'))).toEqual(['tcp 10.0.0.6:22', 'tcp [fd00::6]:22']);
  });
  it('a node that names addresses and ports without end gets a share', () => {
    const addresses = Array.from({ length: 300 }, (_, index) => `10.7.${index >> 8}.${index & 255}`);
    const ports = Array.from({ length: 20_000 }, (_, index) => index + 1_000);
    const hostPods = [{ namespace: 'a', kind: 'Pod', name: 'x', node: 'w1', hostNetwork: true, ports, images: [] }];
    const { doors, refused } = derive({ nodes: [node('w1', addresses)], hostPods });
    expect(new Set(doors.map(({ address }) => address)).size).toBe(bounds.addressesPerNode + 1);
    // and the kubelet's own
    expect(doors.filter(({ address }) => address === '10.7.0.1')).toHaveLength(bounds.podPortsPerNode + 1);
    expect(refused.map(({ what, address }) => `${what} ${address}`)).toEqual(['Node w1 19700 ports', 'Node w1 292 addresses']);
  });
  it('a node that names neighbours without end widens no network', () => {
    const addresses = Array.from({ length: 30 }, (_, index) => `10.${index + 1}.0.1`);
    const { doors } = derive({
      nodes: [node('w1', addresses)],
      services: [service('front', { externalIPs: ['10.2.0.200', '10.20.0.200'], ports: [web] })],
    });
    expect(at(doors, 'published')).toEqual(['tcp 10.2.0.200:80']);
  });
  it.each([0, -1, 65_536, 1.5, Number.NaN])('port %d is refused, not knocked at', (port) => {
    const hostPods = [{ namespace: 'a', kind: 'Pod', name: 'x', node: 'w1', hostNetwork: true, ports: [port], images: [] }];
    const { doors, refused } = derive({ nodes: [node('w1', ['10.0.0.6'])], hostPods });
    expect(doors.some((door) => door.port === port)).toBe(false);
    expect(refused).toContainEqual({
      what: 'Node w1',
      address: `10.0.0.6:${port}`,
      why: `There is no port ${port}; they go from 1 to 65535.`,
    });
  });
});

describe('Services', () => {
  it('NodePorts on every address of every node, with what is behind them', () => {
    const front = service('front', { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30080 }] });
    const { doors } = derive({
      nodes: [node('cp1', ['10.0.0.4', 'fd00::4']), node('w1', ['10.0.0.6'])],
      services: [front],
      backends: [{ namespace: 'shop', service: 'front', addresses: [], ports: [9090], foreign: [] }],
    });
    expect(at(doors, 'published')).toEqual(['tcp 10.0.0.4:30080', 'tcp 10.0.0.6:30080', 'tcp [fd00::4]:30080']);
    expect(doorsAt(doors, '10.0.0.6', 30080)).toEqual([
      {
        address: '10.0.0.6',
        port: 30080,
        transport: 'tcp',
        place: 'published',
        subject: { kind: 'Service', namespace: 'shop', name: 'front', port: '80/tcp' },
        owner: 'uid-front',
        hints: [80, 9090],
        published: true,
      },
    ]);
  });
  it('of several ports each has its own hints', () => {
    const ports = [
      { protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 },
      { protocol: 'TCP', port: 90, targetPort: 9090, nodePort: 30090 },
    ];
    const backends = [{ namespace: 'shop', service: 'front', addresses: [], ports: [8080, 9090], foreign: [] }];
    const { doors } = derive({ services: [service('front', { type: 'NodePort', ports })], backends });
    expect(doorsAt(doors, '10.0.0.6', 30090)[0]?.hints).toEqual([90, 9090]);
  });
  it.each<[string, Parameters<typeof service>[1], string[], string | undefined]>([
    ['load balancer beside the nodes', { type: 'LoadBalancer', loadBalancerIPs: ['10.0.0.200'] }, ['tcp 10.0.0.200:80'], undefined],
    ['load balancer elsewhere', { type: 'LoadBalancer', loadBalancerIPs: ['10.9.9.9'] }, [], '10.9.9.9'],
    ['external IP beside the nodes', { externalIPs: ['10.0.0.201'] }, ['tcp 10.0.0.201:80'], undefined],
    ['external IP of a third party', { externalIPs: ['8.8.8.8'] }, [], '8.8.8.8'],
    ['external IP in the clothes of IPv6', { externalIPs: ['::ffff:8.8.8.8'] }, [], '::ffff:8.8.8.8'],
    ['metadata', { externalIPs: ['169.254.169.254'] }, [], '169.254.169.254'],
    ['the status of a Service that is no balancer says nothing', { loadBalancerIPs: ['10.0.0.200'] }, [], undefined],
    ['cluster IP only', {}, [], undefined],
  ])('addresses that whoever may write could choose: %s', (_, more, expected, refusedAddress) => {
    const { doors, refused } = derive({ services: [service('front', { ports: [web], ...more })] });
    expect(at(doors, 'published')).toEqual(expected);
    expect(refused.map(({ address }) => address)).toEqual(refusedAddress === undefined ? [] : [refusedAddress]);
  });
  it('what the user allows counts', () => {
    const balancer = service('front', { type: 'LoadBalancer', ports: [web], loadBalancerIPs: ['203.0.113.9'] });
    expect(at(derive({ services: [balancer], allow: ['203.0.113.0/28'] }).doors, 'published')).toEqual(['tcp 203.0.113.9:80']);
  });
  it('neighbours of a public node are other people’s', () => {
    const balancer = service('front', { type: 'LoadBalancer', ports: [web], loadBalancerIPs: ['198.51.100.77', '198.51.100.20'] });
    const { doors, refused } = derive({ nodes: [node('w1', ['198.51.100.20'])], services: [balancer], allow: ['198.51.100.20'] });
    expect(at(doors, 'published')).toEqual(['tcp 198.51.100.20:80']);
    expect(refused.map(({ address }) => address)).toEqual(['198.51.100.77']);
  });
  it.each<[string, string[], string[], boolean]>([
    ['to its pods', ['10.1.0.7'], [], true],
    ['to a node', ['10.0.0.6'], [], true],
    ['to a pod that has just started beside others', ['10.1.0.99'], ['10.1.0.99'], true],
    ['out of the cluster', ['8.8.8.8'], ['8.8.8.8'], false],
    ['to the metadata of a cloud', ['169.254.169.254'], ['169.254.169.254'], false],
  ])('a Service that leads %s', (_, addresses, foreign, counts) => {
    const front = service('front', { type: 'NodePort', ports: [{ ...web, nodePort: 30080 }] });
    const { doors, refused } = derive({
      services: [front],
      backends: [
        { namespace: 'shop', service: 'front', addresses, foreign, ports: [80] },
        { namespace: 'shop', service: 'other', addresses: ['10.1.0.1'], foreign: [], ports: [80] },
      ],
    });
    expect(at(doors, 'published').length > 0).toBe(counts);
    expect(refused.map(({ what, address }) => `${what} ${address}`)).toEqual(counts ? [] : [`Service shop/front ${foreign[0]}`]);
  });
  it('a flood of NodePorts is tried on some of the nodes only, and that is said', () => {
    const ports = Array.from({ length: 2_000 }, (_, index) => ({ ...web, port: index + 1, nodePort: 30_000 + index }));
    const nodes = Array.from({ length: 100 }, (_, index) => node(`w${index}`, [`10.0.0.${index + 1}`]));
    const { doors, refused } = derive({ nodes, services: [service('flood', { type: 'NodePort', ports })] });
    expect(at(doors, 'published')).toHaveLength(bounds.nodePortDoors);
    expect(refused).toMatchObject([{ what: 'NodePorts', address: '80 nodes' }]);
  });
  it('no cluster makes more doors than a scan can hold; the nodes’ come first', () => {
    const nodes = Array.from({ length: 800 }, (_, index) => node(`w${index}`, [`10.0.${index >> 8}.${index & 255}`]));
    const nodePorts = Array.from({ length: 250 }, (_, index) => index + 1);
    const services = [service('front', { externalIPs: ['10.0.0.201'], ports: [{ ...web, port: 30_000 }] })];
    const { doors, refused } = derive({ services, nodes, nodePorts });
    expect(doors).toHaveLength(bounds.doors);
    // and one of the API server
    expect(at(doors, 'node')).toHaveLength(bounds.doors - 1);
    expect(refused).toMatchObject([{ what: 'Doors' }]);
  });
  it('Services that claim addresses and ports without end get a share, and others still theirs', () => {
    const externalIPs = Array.from({ length: 250 }, (_, index) => `10.0.0.${index + 1}`);
    const ports = Array.from({ length: 100 }, (_, index) => ({ ...web, port: 1_000 + index }));
    const own = service('z', { type: 'LoadBalancer', loadBalancerIPs: ['10.0.0.200'], ports: [web] });
    const { doors, refused } = derive({ services: [service('flood', { externalIPs, ports }), own] });
    expect(doors.filter(({ owner }) => owner === 'uid-flood')).toHaveLength(bounds.claimedDoorsPerService);
    expect(doorsAt(doors, '10.0.0.200', 80)).toMatchObject([{ owner: 'uid-z' }]);
    expect(refused).toMatchObject([{ what: 'Service shop/flood', address: 'more ports' }]);
  });
  it('many such Services together get no more than a scan can bear', () => {
    const externalIPs = Array.from({ length: 250 }, (_, index) => `10.0.0.${index + 1}`);
    const services = Array.from({ length: 30 }, (_, one) =>
      service(`s${one}`, { externalIPs, ports: [1, 2].map((port) => ({ ...web, port: 1_000 * (one + 1) + port })) }),
    );
    expect(at(derive({ services }).doors, 'published')).toHaveLength(bounds.claimedDoors);
  });
  it('endpoints without end make no door heavy', () => {
    const ports = Array.from({ length: 5_000 }, (_, index) => index + 1);
    const front = service('front', { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30_080 }] });
    const { doors } = derive({ services: [front], backends: [{ namespace: 'shop', service: 'front', addresses: [], ports, foreign: [] }] });
    expect(doorsAt(doors, '10.0.0.6', 30_080)[0]?.hints).toHaveLength(bounds.hints);
    const rivals = Array.from({ length: 100 }, (_, index) =>
      service(`r${index}`, { externalIPs: ['10.0.0.6'], ports: [{ ...web, port: 81, targetPort: 1_000 + index }] }),
    );
    expect(doorsAt(derive({ services: rivals }).doors, '10.0.0.6', 81)[0]?.hints).toHaveLength(bounds.hints);
  });
  it('refusals without end are told by the first', () => {
    const externalIPs = Array.from({ length: bounds.refusals + 50 }, (_, index) => `8.8.${index >> 8}.${index & 255}`);
    const { refused } = derive({ services: [service('flood', { externalIPs, ports: [web] })] });
    expect(refused).toHaveLength(bounds.refusals + 1);
    expect(refused).toContainEqual(expect.objectContaining({ what: 'Others' }));
  });
  it('a name moves no cursor', () => {
    const name = 'front\u001b[2J\u009b2J\u202e';
    const { doors } = derive({ services: [service(name, { externalIPs: ['10.0.0.200'], ports: [web] })] });
    expect(doorsAt(doors, '10.0.0.200', 80)[0]?.subject.name).toBe('front [2J 2J ');
  });
  it('UDP only where a probe asks, SCTP never', () => {
    const ports = ['UDP', 'SCTP'].map((protocol, index) => ({ protocol, port: 161, targetPort: 161, nodePort: 30161 + index }));
    const services = [service('snmp', { type: 'NodePort', ports })];
    expect(at(derive({ services, udpPorts: [161] }).doors, 'published')).toEqual(['udp 10.0.0.6:30161']);
    expect(at(derive({ services }).doors, 'published')).toEqual([]);
  });
});

describe('Ingresses', () => {
  const controller = service('ingress-nginx-controller', { type: 'LoadBalancer', ports: [web, ssl], loadBalancerIPs: ['10.0.0.200'] });
  it.each<[string, Partial<Parameters<typeof derive>[0]>, string[]]>([
    [
      'at the addresses of their status',
      { ingresses: [ingress('web', ['a.example'], ['10.0.0.200'])] },
      ['tcp 10.0.0.200:80 a.example', 'tcp 10.0.0.200:443 a.example'],
    ],
    [
      'at the Service of the controller, where the status says nothing',
      { ingresses: [ingress('web', ['a.example'], [])], services: [controller] },
      ['tcp 10.0.0.200:80', 'tcp 10.0.0.200:443', 'tcp 10.0.0.200:80 a.example', 'tcp 10.0.0.200:443 a.example'],
    ],
    [
      'at its NodePort',
      {
        ingresses: [ingress('web', ['a.example'], [])],
        services: [service('traefik', { type: 'NodePort', ports: [{ ...web, nodePort: 30080 }] })],
      },
      ['tcp 10.0.0.6:30080', 'tcp 10.0.0.6:30080 a.example'],
    ],
    [
      'at ports its pods have of their nodes',
      {
        ingresses: [ingress('web', ['a.example'], [])],
        hostPods: [
          {
            namespace: 'i',
            kind: 'DaemonSet',
            name: 'x',
            node: 'w1',
            hostNetwork: true,
            ports: [80],
            images: ['registry.example/ingress-nginx/controller:v1'],
          },
        ],
      },
      ['tcp 10.0.0.6:80 a.example'],
    ],
    ['nowhere, where no controller is known', { ingresses: [ingress('web', ['a.example'], [])] }, []],
    ['not at a third party', { ingresses: [ingress('web', ['a.example'], ['8.8.8.8'])] }, []],
    [
      'wildcards by a made-up name',
      { ingresses: [ingress('web', ['*.a.example'], ['10.0.0.200'])] },
      ['tcp 10.0.0.200:80 gatehouse-probe.a.example', 'tcp 10.0.0.200:443 gatehouse-probe.a.example'],
    ],
    ['every name', { ingresses: [ingress('web', [''], ['10.0.0.200'])] }, ['tcp 10.0.0.200:80', 'tcp 10.0.0.200:443']],
    ['no host name', { ingresses: [ingress('web', ['a.example\r\nX: y', '10.0.0.1', 'A_b', '-'], ['10.0.0.200'])] }, []],
  ])('%s', (_, input, expected) => {
    const published = at(derive(input).doors, 'published');
    expect([...published].sort()).toEqual([...expected].sort());
  });
  it('a status that claims the API server is the API server', () => {
    const { doors } = derive({
      server: 'https://198.51.100.10',
      ingresses: [ingress('web', ['a.example', 'b.example'], ['198.51.100.10'])],
      services: [service('front', { type: 'LoadBalancer', ports: [ssl], loadBalancerIPs: ['198.51.100.10'] })],
    });
    const [one, ...more] = doorsAt(doors, '198.51.100.10', 443);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ place: 'api-server', subject: { kind: 'APIServer' }, published: true });
    expect(one?.host).toBeUndefined();
  });
  it('two Ingresses of one name are one door, the first’s', () => {
    const { doors } = derive({ ingresses: [ingress('a', ['x.example'], ['10.0.0.200']), ingress('b', ['x.example'], ['10.0.0.200'])] });
    expect(doorsAt(doors, '10.0.0.200', 443).map(({ owner }) => owner)).toEqual(['uid-a']);
  });
  it('thousands of names are not asked for, and that is said', () => {
    const hosts = Array.from({ length: bounds.ingressHosts + 5 }, (_, index) => `h${index}.example`);
    const { doors, refused } = derive({ ingresses: [ingress('web', hosts, ['10.0.0.200'])] });
    expect(at(doors, 'published')).toHaveLength(2 * bounds.ingressHosts);
    expect(refused).toContainEqual(expect.objectContaining({ what: 'Ingresses', address: '5 host names' }));
  });
  it('one name is asked for at a few addresses only', () => {
    const many = Array.from({ length: 200 }, (_, index) => `10.0.0.${index + 1}`);
    const nodes = many.map((address, index) => node(`w${index}`, [address]));
    const { doors } = derive({ nodes, ingresses: [ingress('web', ['a.example'], many)] });
    expect(at(doors, 'published')).toHaveLength(2 * bounds.addressesPerHost);
  });
});

describe('one door that two things claim', () => {
  it('a published one is better than a node’s, and both say what is behind it', () => {
    const front = service('front', { externalIPs: ['10.0.0.6'], ports: [{ protocol: 'TCP', port: 9100, targetPort: 8080 }] });
    const hostPods = [
      {
        namespace: 'a',
        kind: 'DaemonSet',
        name: 'x',
        node: 'w1',
        hostNetwork: false,
        ports: [9100],
        containerPorts: { 9100: 9101 },
        images: [],
      },
    ];
    const { doors } = derive({ services: [front], hostPods });
    expect(doorsAt(doors, '10.0.0.6', 9100)).toMatchObject([{ place: 'published', owner: 'uid-front', hints: [8080, 9101] }]);
  });
  it('is written down once', () => {
    const { doors } = derive({ nodes: [node('cp1', ['10.0.0.4'])], nodePorts: [22, 22, 6443], server: 'https://10.0.0.4:6443' });
    expect(new Set(keys(doors)).size).toBe(doors.length);
    expect(doorsAt(doors, '10.0.0.4', 6443)).toMatchObject([{ place: 'api-server' }]);
  });
});

describe('seen from a pod', () => {
  const internal = { vantage: 'internal' } as const;
  const dns = service('kube-dns', {
    namespace: 'kube-system',
    clusterIPs: ['10.96.0.10'],
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { protocol: 'UDP', port: 53, targetPort: 53 },
      { protocol: 'TCP', port: 53, targetPort: 53 },
      { protocol: 'TCP', port: 9153, targetPort: 9153 },
    ],
  });
  const api = service('kubernetes', {
    namespace: 'default',
    clusterIPs: ['10.96.0.1'],
    ports: [{ protocol: 'TCP', port: 443, targetPort: 6443 }],
  });
  it('all that is seen from outside, and more', () => {
    const input = { nodePorts: [22], services: [api, dns] };
    const outside = keys(derive(input).doors);
    const { doors, refused } = derive({ ...input, ...internal });
    expect(keys(doors).filter((key) => !outside.includes(key))).toEqual([
      'tcp 10.96.0.1:443',
      'tcp 10.96.0.10:53',
      'udp 10.96.0.10:53',
      'tcp 10.96.0.10:9153',
      'tcp 169.254.169.254:80',
    ]);
    expect(at(doors, 'dns')).toEqual(['tcp 10.96.0.10:53', 'udp 10.96.0.10:53']);
    expect(at(doors, 'metadata')).toEqual(['tcp 169.254.169.254:80']);
    expect(doorsAt(doors, '10.96.0.1', 443)).toMatchObject([{ place: 'service', subject: { port: '443/tcp' }, hints: [6443] }]);
    expect(refused).toEqual([]);
  });
  it('metadata of IPv6, where the cluster has IPv6', () => {
    const { doors } = derive({ ...internal, nodes: [node('w1', ['10.0.0.6', 'fd00::6'])] });
    expect(at(doors, 'metadata')).toEqual(['tcp 169.254.169.254:80', 'tcp [fd00:ec2::254]:80']);
  });
  it('metadata is the scan’s own idea only: a Service that claims it is refused', () => {
    const { refused } = derive({ ...internal, services: [service('x', { clusterIPs: ['169.254.169.254'], ports: [web] })] });
    expect(refused).toMatchObject([{ what: 'Service shop/x', address: '169.254.169.254' }]);
  });
  it('a few Services of each other namespace, none of its own', () => {
    const many = Array.from({ length: 9 }, (_, index) => service(`s${index}`, { clusterIPs: [`10.96.1.${index}`], ports: [web] }));
    const own = service('own', { namespace: 'gatehouse-probe', clusterIPs: ['10.96.2.1'], ports: [web] });
    expect(at(derive({ ...internal, services: [...many, own] }).doors, 'service')).toEqual(
      Array.from({ length: bounds.servicesPerNamespace }, (_, index) => `tcp 10.96.1.${index}:80`),
    );
  });
  it.each<[string, object, string[]]>([
    ['one pod of each of a few Services', { addresses: ['10.1.0.7', '10.1.0.8'], foreign: [] }, ['tcp 10.1.0.7:8080']],
    ['no address that is not a pod’s', { addresses: ['10.1.0.66', '10.1.0.7'], foreign: ['10.1.0.66'] }, ['tcp 10.1.0.7:8080']],
    ['no node', { addresses: ['10.0.0.6'], foreign: [] }, []],
    ['none where pods are unknown', { addresses: ['10.1.0.7'] }, []],
    ['no public address that a kubelet says a pod has', { addresses: ['203.0.113.9', '10.1.0.7'], foreign: [] }, ['tcp 10.1.0.7:8080']],
  ])('pods of others: %s', (_, backend, expected) => {
    const front = service('front', { clusterIPs: ['10.96.1.1'], ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }] });
    const backends = [{ namespace: 'shop', service: 'front', ports: [8080], addresses: [], ...backend }];
    expect(at(derive({ ...internal, services: [front], backends }).doors, 'service')).toEqual([...expected, 'tcp 10.96.1.1:80']);
  });
});

it('says what cannot be allowed, and which networks count', () => {
  const { refused, networks } = derive({
    nodes: [node('w1', ['10.0.0.6', '198.51.100.10', 'fd00::6'])],
    allow: ['10.0.0.1/8', '192.0.2.0/24'],
  });
  expect(networks).toEqual({ nodes: ['10.0.0.0/24', 'fd00::/64'], named: ['198.51.100.10/32'], allow: ['192.0.2.0/24'] });
  expect(refused).toMatchObject([{ what: 'Allow-list', address: '10.0.0.1/8' }]);
});

it('what was not read yields nothing, and never fails', () => {
  const view = Object.fromEntries(Object.keys(cluster({})).map((name) => [name, unseen('No.')])) as unknown as ReturnType<typeof cluster>;
  for (const vantage of ['external', 'internal'] as const)
    expect(at(derive({ view, vantage, nodePorts: [22] }).doors, 'api-server')).toEqual(['tcp 198.51.100.10:6443']);
});

it('of the networks of a project only those that are public say whose they are', () => {
  expect(publicOnly(['203.0.113.0/24', '2001:db8::/32', '10.0.0.0/8', '10.0.0.4', '0.0.0.0/0', '8.0.0.0/5', '::/0', 'no network'])).toEqual(
    ['203.0.113.0/24', '2001:db8::/32'],
  );
});
