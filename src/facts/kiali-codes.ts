/**
 * The validations of Kiali that one of our rules makes too, by Kiali's code: the rule, and the messages of it that say
 * the same where the rule says more. Codes as of Kiali's main branch of 2026-08-20; codes with no rule here are not listed.
 */
export const KIALI_CODES: Readonly<
  Record<string, readonly { readonly rule: string; readonly messages?: readonly string[] }[]>
> = {
  KIA0002: [{ rule: 'IST0111' }, { rule: 'IST0160' }],
  KIA0003: [{ rule: 'IST0110' }, { rule: 'IST0159' }],
  KIA0004: [{ rule: 'IST0127' }],
  KIA0101: [{ rule: 'IST0101', messages: ['namespace'] }],
  KIA0110: [{ rule: 'IST0166' }],
  KIA0202: [{ rule: 'IST0174' }],
  KIA0203: [{ rule: 'IST0173' }],
  KIA0301: [{ rule: 'IST0145' }],
  KIA0302: [{ rule: 'IST0101', messages: ['selector'] }],
  KIA0601: [{ rule: 'IST0118' }],
  KIA0602: [{ rule: 'IST0118' }],
  KIA1004: [{ rule: 'IST0101', messages: ['host', 'hostSlip'] }],
  KIA1101: [{ rule: 'IST0101', messages: ['host', 'hostSlip'] }],
  KIA1102: [{ rule: 'IST0101', messages: ['gateway'] }],
  KIA1106: [{ rule: 'IST0109' }],
  KIA1107: [{ rule: 'IST0101', messages: ['subset'] }],
  KIA1115: [{ rule: 'IST0166' }],
  KIA1116: [{ rule: 'IST0166' }],
  KIA1117: [{ rule: 'IST0166' }],
  KIA1212: [{ rule: 'IST0177' }],
};
