import type { FieldView } from './field-view.ts';

const CERTIFICATE_FIELDS = [
  'serverCertificate',
  'privateKey',
  'caCertificates',
  'tlsCertificates',
  'credentialName',
  'credentialNames',
] as const;

/** TLS settings of a server: of a Gateway, or of a Sidecar's ingress. */
export function checkServerTls(tls: FieldView): void {
  const mode = tls.field('mode');
  if (mode.isOpen) return;
  const name = mode.text || 'PASSTHROUGH';
  checkVersions(tls);
  if (name === 'ISTIO_MUTUAL') {
    for (const field of CERTIFICATE_FIELDS.map((one) => tls.field(one))) {
      if (field.isFilled) field.refuse('cannot be set with ISTIO_MUTUAL, which brings its own certificates');
    }
    return;
  }
  if (name === 'PASSTHROUGH' || name === 'AUTO_PASSTHROUGH') {
    const ignored = [...CERTIFICATE_FIELDS, 'caCrl']
      .map((one) => tls.field(one))
      .find(({ isFilled }) => isFilled);
    ignored?.warn(`is ignored with the mode ${name}`);
    return;
  }
  checkSources(tls);
  if (tls.field('credentialName').isSet || tls.field('credentialNames').isFilled) return;
  checkCertificates(tls, name);
}

/** Before 1.2 of TLS no cipher is offered unless one is named. */
function checkVersions(tls: FieldView): void {
  const minimum = tls.field('minProtocolVersion');
  if (['TLSV1_0', 'TLSV1_1'].includes(minimum.text) && !tls.field('cipherSuites').isFilled) {
    minimum.warn('needs cipherSuites that such clients know');
  }
}

/** Up to 1.4 the documentation wrote `sds` here beside a credentialName; it has never named a file. */
function isFile(field: FieldView): boolean {
  return field.isFilled && field.text !== 'sds';
}

function checkSources(tls: FieldView): void {
  for (const name of ['credentialNames', 'tlsCertificates']) {
    if (tls.field(name).items().length > 2) tls.field(name).refuse('must hold at most 2 entries');
  }
  const sources = [
    isFile(tls.field('serverCertificate')) && isFile(tls.field('privateKey')),
    tls.field('credentialName').isFilled,
    tls.field('credentialNames').isFilled,
    tls.field('tlsCertificates').isFilled,
  ];
  if (sources.filter(Boolean).length > 1) tls.refuse('names its certificate in several ways');
}

function checkCertificates(tls: FieldView, mode: string): void {
  if (mode.endsWith('MUTUAL') && !tls.field('caCertificates').isFilled) {
    tls.field('caCertificates').refuse(`is missing, and the mode ${mode} verifies clients with it`);
  }
  const several = tls.field('tlsCertificates').items();
  for (const certificate of several.length > 0 ? several : [tls]) {
    for (const name of ['serverCertificate', 'privateKey']) {
      const field = certificate.field(name);
      if (!field.isFilled) field.refuse(`is missing, and the mode is ${mode}`);
    }
  }
}
