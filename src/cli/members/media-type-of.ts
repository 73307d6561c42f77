/** What a file of an office is sent as: a workbook where its name says so, else CSV. */
export const mediaTypeOf = (file: string): string => (/\.xlsx$/i.test(file) ? XLSX : 'text/csv');

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
