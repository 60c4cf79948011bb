/**
 * Every mail from here is written by a program, and asks for no answer from one: without this each who is on holiday answers the
 * sender. RFC 3834 (section 5) has the first; Exchange goes by the second ([MS-OXCMAIL] 2.1.3.2.20). Of what Exchange can hold back
 * everything is named but `NDR`, as `All` would: that an address does not exist is to be heard of.
 */
export const automaticHeaders = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
} as const;
