import type { AnyCheck } from '../check.ts';
import { adminKubeconfigMode } from './admin-kubeconfig-mode.check.ts';
import { adminKubeconfigOwner } from './admin-kubeconfig-owner.check.ts';
import { apiServerManifestMode } from './api-server-manifest-mode.check.ts';
import { apiServerManifestOwner } from './api-server-manifest-owner.check.ts';
import { cniMode } from './cni-mode.check.ts';
import { cniOwner } from './cni-owner.check.ts';
import { controllerManagerKubeconfigMode } from './controller-manager-kubeconfig-mode.check.ts';
import { controllerManagerKubeconfigOwner } from './controller-manager-kubeconfig-owner.check.ts';
import { controllerManagerManifestMode } from './controller-manager-manifest-mode.check.ts';
import { controllerManagerManifestOwner } from './controller-manager-manifest-owner.check.ts';
import { etcdDataMode } from './etcd-data-mode.check.ts';
import { etcdDataOwner } from './etcd-data-owner.check.ts';
import { etcdManifestMode } from './etcd-manifest-mode.check.ts';
import { etcdManifestOwner } from './etcd-manifest-owner.check.ts';
import { kubeProxyKubeconfigMode } from './kube-proxy-kubeconfig-mode.check.ts';
import { kubeProxyKubeconfigOwner } from './kube-proxy-kubeconfig-owner.check.ts';
import { kubeletClientCaMode } from './kubelet-client-ca-mode.check.ts';
import { kubeletClientCaOwner } from './kubelet-client-ca-owner.check.ts';
import { kubeletConfigMode } from './kubelet-config-mode.check.ts';
import { kubeletConfigOwner } from './kubelet-config-owner.check.ts';
import { kubeletKubeconfigMode } from './kubelet-kubeconfig-mode.check.ts';
import { kubeletKubeconfigOwner } from './kubelet-kubeconfig-owner.check.ts';
import { kubeletServiceMode } from './kubelet-service-mode.check.ts';
import { kubeletServiceOwner } from './kubelet-service-owner.check.ts';
import { pkiCertificateMode } from './pki-certificate-mode.check.ts';
import { pkiKeyMode } from './pki-key-mode.check.ts';
import { pkiOwner } from './pki-owner.check.ts';
import { schedulerKubeconfigMode } from './scheduler-kubeconfig-mode.check.ts';
import { schedulerKubeconfigOwner } from './scheduler-kubeconfig-owner.check.ts';
import { schedulerManifestMode } from './scheduler-manifest-mode.check.ts';
import { schedulerManifestOwner } from './scheduler-manifest-owner.check.ts';

/** Checks on modes and owners of files on the nodes, in the order of the benchmark's sections 1.1 and 4.1. */
export const filesChecks: readonly AnyCheck[] = [
  apiServerManifestMode,
  apiServerManifestOwner,
  controllerManagerManifestMode,
  controllerManagerManifestOwner,
  schedulerManifestMode,
  schedulerManifestOwner,
  etcdManifestMode,
  etcdManifestOwner,
  cniMode,
  cniOwner,
  etcdDataMode,
  etcdDataOwner,
  adminKubeconfigMode,
  adminKubeconfigOwner,
  schedulerKubeconfigMode,
  schedulerKubeconfigOwner,
  controllerManagerKubeconfigMode,
  controllerManagerKubeconfigOwner,
  pkiOwner,
  pkiCertificateMode,
  pkiKeyMode,
  kubeletServiceMode,
  kubeletServiceOwner,
  kubeProxyKubeconfigMode,
  kubeProxyKubeconfigOwner,
  kubeletKubeconfigMode,
  kubeletKubeconfigOwner,
  kubeletClientCaMode,
  kubeletClientCaOwner,
  kubeletConfigMode,
  kubeletConfigOwner,
];
