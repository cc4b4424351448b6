/** The signer whose certificates the API server takes for those of users; kubelets have one of their own. */
export const clientSigner = 'kubernetes.io/kube-apiserver-client';
