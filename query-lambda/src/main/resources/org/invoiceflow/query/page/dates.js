// Local times without a zone, as they were sent: they are taken apart, never converted.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "2010-12-01T08:26:00" as "1 December 2010". */
export function day(date) {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** "1 Dec". */
export function shortDay(date) {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1].slice(0, 3)}`;
}

/** "08:26", with seconds only if there are any. */
export function time(date) {
  return date.endsWith(":00") ? date.slice(11, 16) : date.slice(11, 19);
}

/** The month that a date is in: "2010-12". */
export function monthOf(date) {
  return date.slice(0, 7);
}

/** "December 2010". */
export function monthName(month) {
  return `${MONTHS[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

/** "Dec". */
export function shortMonth(month) {
  return MONTHS[Number(month.slice(5, 7)) - 1].slice(0, 3);
}

/** All months from the one to the other, both included. */
export function monthsBetween(first, last) {
  const months = [];
  let year = Number(first.slice(0, 4));
  let month = Number(first.slice(5, 7));
  for (;;) {
    const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    months.push(name);
    if (name >= last) {
      return months;
    }
    year += month === 12 ? 1 : 0;
    month = (month % 12) + 1;
  }
}
