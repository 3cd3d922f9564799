/**
 * Where well-known charts take the labels and annotations of their pods from, and those of other objects. Facts of the charts'
 * own values files and templates. A path is dotted; `*` stands for one key.
 */
export interface ChartMetadata {
  /** Whose releases these are: the chart's major versions; absent for all. */
  readonly majors?: readonly number[];
  /** Read onto pods. */
  readonly pods: readonly string[];
  /** Read onto something else (a Deployment, a Service, ...). */
  readonly others: readonly string[];
  /** These lists are whole: labels and annotations anywhere else are read by nothing. */
  readonly whole: boolean;
}

export const CHART_METADATA: Readonly<Record<string, readonly ChartMetadata[]>> = {
  // kubernetes/ingress-nginx, chart 4.x.
  'ingress-nginx': [
    {
      pods: [
        'controller.podAnnotations',
        'controller.podLabels',
        'controller.admissionWebhooks.patch.podAnnotations',
        'controller.admissionWebhooks.patch.labels',
        'defaultBackend.podAnnotations',
        'defaultBackend.podLabels',
        // Since 4.7 these labels reach every object, pods too.
        'commonLabels',
        'controller.labels',
        'defaultBackend.labels',
      ],
      others: [
        'controller.annotations',
        'controller.service.annotations',
        'controller.service.labels',
        'controller.service.external.annotations',
        'controller.service.internal.annotations',
        'controller.configAnnotations',
        'controller.ingressClassResource.annotations',
        'controller.admissionWebhooks.annotations',
        'controller.admissionWebhooks.labels',
        'controller.admissionWebhooks.service.annotations',
        'controller.admissionWebhooks.networkPolicy.annotations',
        'controller.metrics.service.annotations',
        'controller.metrics.service.labels',
        'controller.metrics.serviceMonitor.annotations',
        'controller.metrics.serviceMonitor.additionalLabels',
        'controller.metrics.prometheusRule.annotations',
        'controller.metrics.prometheusRule.additionalLabels',
        'controller.autoscaling.annotations',
        'defaultBackend.annotations',
        'defaultBackend.service.annotations',
        'serviceAccount.annotations',
      ],
      whole: true,
    },
  ],
  // bjw-s app-template on its common library: one controller up to 1.x, several from 2.0 on.
  'app-template': [
    {
      majors: [0, 1],
      pods: ['podAnnotations', 'podLabels', 'global.labels', 'global.annotations'],
      others: ['controller.annotations', 'controller.labels', 'service.*.annotations', 'service.*.labels'],
      whole: false,
    },
    {
      majors: [2, 3, 4],
      pods: [
        'controllers.*.pod.annotations',
        'controllers.*.pod.labels',
        'defaultPodOptions.annotations',
        'defaultPodOptions.labels',
        'global.labels',
        'global.annotations',
      ],
      others: [
        'controllers.*.annotations',
        'controllers.*.labels',
        'controllers.*.pod.metadata.annotations',
        'controllers.*.pod.metadata.labels',
        'service.*.annotations',
        'service.*.labels',
      ],
      whole: false,
    },
  ],
  'cert-manager': [
    {
      pods: ['podAnnotations', 'podLabels', '*.podAnnotations', '*.podLabels', 'global.commonLabels'],
      others: [
        'deploymentAnnotations',
        '*.deploymentAnnotations',
        'serviceAnnotations',
        '*.serviceAnnotations',
      ],
      whole: false,
    },
  ],
  'external-dns': [
    {
      pods: ['podAnnotations', 'podLabels', 'commonLabels'],
      others: ['deploymentAnnotations', 'annotations', 'service.annotations', 'serviceAccount.annotations'],
      whole: false,
    },
  ],
  grafana: [
    {
      pods: ['podAnnotations', 'podLabels'],
      others: [
        'annotations',
        'labels',
        'service.annotations',
        'service.labels',
        'serviceAccount.annotations',
      ],
      whole: false,
    },
  ],
  'argo-cd': [
    {
      pods: ['global.podAnnotations', 'global.podLabels', '*.podAnnotations', '*.podLabels'],
      others: ['global.deploymentAnnotations', '*.deploymentAnnotations', '*.service.annotations'],
      whole: false,
    },
  ],
  traefik: [
    {
      pods: ['deployment.podAnnotations', 'deployment.podLabels'],
      others: ['deployment.annotations', 'deployment.labels', 'service.annotations', 'service.labels'],
      whole: false,
    },
  ],
};
