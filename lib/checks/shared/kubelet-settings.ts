import type { KubeletConfig, KubeletFact } from '../../core/facts/index.ts';

/** Settings of a kubelet with nothing left out. */
export interface KubeletSettings {
  readonly anonymous: boolean;
  readonly authorizationMode: string;
  readonly clientCAFile: string;
  readonly readOnlyPort: number;
  readonly streamingConnectionIdleTimeout: string;
  readonly makeIPTablesUtilChains: boolean;
  readonly eventRecordQPS: number;
  readonly tlsCertFile: string;
  readonly tlsPrivateKeyFile: string;
  readonly tlsCipherSuites: readonly string[];
  readonly tlsMinVersion: string;
  readonly rotateCertificates: boolean;
  readonly serverTLSBootstrap: boolean;
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly podPidsLimit: number;
  readonly seccompDefault: boolean;
}

const without = {
  clientCAFile: '',
  readOnlyPort: 0,
  tlsCertFile: '',
  tlsPrivateKeyFile: '',
  tlsMinVersion: '',
  rotateCertificates: false,
  serverTLSBootstrap: false,
  podPidsLimit: -1,
  seccompDefault: false,
  anonymous: false,
};

/** A field that the running kubelet left out is zero. */
const zero = {
  ...without,
  authorizationMode: '',
  streamingConnectionIdleTimeout: '0s',
  makeIPTablesUtilChains: false,
  eventRecordQPS: 0,
  podPidsLimit: 0,
};
/** A field that the configuration file leaves out gets its default (kubelet.config.k8s.io/v1beta1); there, a timeout of zero counts as left out. */
const defaults = {
  ...without,
  authorizationMode: 'Webhook',
  streamingConnectionIdleTimeout: '4h0m0s',
  makeIPTablesUtilChains: true,
  eventRecordQPS: 50,
};

/** What a kubelet's settings come to: `/configz` shows them as they are, the ConfigMap before defaults. */
export const kubeletSettings = (config: KubeletConfig, source: KubeletFact['source']): KubeletSettings => {
  const absent = source === 'config-map' ? defaults : zero;
  const timeout = config.streamingConnectionIdleTimeout;
  const isDefault = source === 'config-map' && (timeout === '0s' || timeout === '0');
  return {
    anonymous: config.authentication?.anonymous?.enabled ?? absent.anonymous,
    authorizationMode: config.authorization?.mode || absent.authorizationMode,
    clientCAFile: config.authentication?.x509?.clientCAFile ?? absent.clientCAFile,
    readOnlyPort: config.readOnlyPort ?? absent.readOnlyPort,
    streamingConnectionIdleTimeout: (isDefault ? undefined : timeout) ?? absent.streamingConnectionIdleTimeout,
    makeIPTablesUtilChains: config.makeIPTablesUtilChains ?? absent.makeIPTablesUtilChains,
    eventRecordQPS: config.eventRecordQPS ?? absent.eventRecordQPS,
    tlsCertFile: config.tlsCertFile ?? absent.tlsCertFile,
    tlsPrivateKeyFile: config.tlsPrivateKeyFile ?? absent.tlsPrivateKeyFile,
    tlsCipherSuites: config.tlsCipherSuites ?? [],
    tlsMinVersion: config.tlsMinVersion ?? absent.tlsMinVersion,
    rotateCertificates: config.rotateCertificates ?? absent.rotateCertificates,
    serverTLSBootstrap: config.serverTLSBootstrap ?? absent.serverTLSBootstrap,
    featureGates: config.featureGates ?? {},
    podPidsLimit: config.podPidsLimit ?? absent.podPidsLimit,
    seccompDefault: config.seccompDefault ?? absent.seccompDefault,
  };
};

/** Whether rotation of serving certificates is allowed: on by default, unless its gate or the gate of all beta features is off. */
export const mayRotateServingCertificate = ({ featureGates }: KubeletSettings): boolean =>
  featureGates.RotateKubeletServerCertificate ?? featureGates.AllBeta ?? true;

/** Whether the serving certificate lies where a kubelet keeps one that it made up itself. */
export const keepsMadeUp = ({ tlsCertFile }: KubeletSettings): boolean => tlsCertFile.endsWith('/pki/kubelet.crt');
