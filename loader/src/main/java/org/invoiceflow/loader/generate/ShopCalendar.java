package org.invoiceflow.loader.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** When the shop is open: never on a Saturday, not from 24 December to 3 January, 8:00 to 18:00. */
final class ShopCalendar {

  private static final int OPENS = 8 * 60;
  private static final int OPEN_MINUTES = 10 * 60;
  private static final long MINUTES_PER_DAY = 24 * 60;

  private final List<LocalDate> days;

  /** If the shop is closed on every one of the days, it is open on all of them. */
  ShopCalendar(LocalDate start, int count) {
    List<LocalDate> all = new ArrayList<>(count);
    List<LocalDate> open = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LocalDate day = start.plusDays(i);
      all.add(day);
      if (isOpen(day)) {
        open.add(day);
      }
    }
    days = open.isEmpty() ? all : open;
  }

  /** The minute since the epoch that lies at this part, 0 to 1, of all opening hours. */
  long minuteAt(double part) {
    double place = part * days.size();
    int day = Math.min((int) place, days.size() - 1);
    int minute = (int) ((place - day) * OPEN_MINUTES);
    return days.get(day).toEpochDay() * MINUTES_PER_DAY + OPENS + Math.min(minute, OPEN_MINUTES);
  }

  private static boolean isOpen(LocalDate day) {
    boolean holidays =
        (day.getMonthValue() == 12 && day.getDayOfMonth() >= 24)
            || (day.getMonthValue() == 1 && day.getDayOfMonth() <= 3);
    return !holidays && day.getDayOfWeek() != DayOfWeek.SATURDAY;
  }
}
