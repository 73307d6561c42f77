/*
 * A reader without hardware: a driver (IFD handler, PC/SC part 3) for the PC/SC service whose card is whoever
 * connects to its socket and speaks the wire protocol of vsmartcard. docs/readers.md tells both.
 *
 * pcscd serializes the calls for one reader, except for wait_for_event, which runs in the thread that also asks for
 * the card's presence. Only that thread closes a card's connection; the others shut it down.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifdhandler.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <reader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define READERS_MAX 16
#define SLOTS_MAX 4
#define FRAME_MAX 65535
#define TIMEOUT_MS_DEFAULT 5000
#define TIMEOUT_MS_MAX 60000

/* The first four are vsmartcard's. CONTROL_ESCAPE announces that the next frame is for the reader, not for the card. */
enum control {
  CONTROL_POWER_OFF = 0,
  CONTROL_POWER_ON = 1,
  CONTROL_RESET = 2,
  CONTROL_GET_ATR = 4,
  CONTROL_ESCAPE = 16
};

/* The control code by which libccid hands bytes to a reader, and the length of the longest short command. */
#define ESCAPE_CODE SCARD_CTL_CODE(1)
#define SHORT_COMMAND_MAX 261

struct reader { /* one slot of one */
  int in_use;
  int slots;       /* of the whole device */
  int has_escape;  /* whoever lays cards down knows CONTROL_ESCAPE */
  int short_only;  /* takes no commands of extended length */
  int listener;
  int card; /* connection to the card, or -1 */
  int stop; /* wakes wait_for_event */
  int timeout_ms;
  int answers_owed; /* answers the card still owes to commands that timed out; they are read and dropped */
  char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
  UCHAR atr[MAX_ATR_SIZE];
  DWORD atr_length;
};

static struct reader readers[READERS_MAX][SLOTS_MAX];

/* The upper half of a lun is the device, the lower half the slot. */
static struct reader *place_of(DWORD lun) {
  DWORD index = lun >> 16, slot = lun & 0xFFFF;
  return index < READERS_MAX && slot < SLOTS_MAX ? &readers[index][slot] : NULL;
}

static struct reader *find_reader(DWORD lun) {
  struct reader *reader = place_of(lun);
  return reader && reader->in_use ? reader : NULL;
}

static long long now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* --- the wire: two bytes of length, most significant first, and as many bytes of command, answer or control --- */

/* Waits until the descriptor is ready; 0 when the deadline has passed first. */
static int wait_ready(int descriptor, short events, long long deadline) {
  for (;;) {
    long long left = deadline - now_ms();
    struct pollfd poll_one = {.fd = descriptor, .events = events};
    int ready = poll(&poll_one, 1, left > 0 ? (int)left : 0);
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

static RESPONSECODE lost_card(struct reader *reader) {
  if (reader->card >= 0) shutdown(reader->card, SHUT_RDWR);
  return IFD_ICC_NOT_PRESENT;
}

static RESPONSECODE send_frame(struct reader *reader, const UCHAR *body, DWORD length) {
  UCHAR frame[2 + FRAME_MAX];
  size_t sent = 0, total = 2 + (size_t)length;
  long long deadline = now_ms() + reader->timeout_ms;
  if (reader->card < 0) return IFD_ICC_NOT_PRESENT;
  if (length > FRAME_MAX) return IFD_COMMUNICATION_ERROR;
  frame[0] = (UCHAR)(length >> 8);
  frame[1] = (UCHAR)length;
  memcpy(frame + 2, body, length);
  while (sent < total) {
    ssize_t count = send(reader->card, frame + sent, total - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) sent += (size_t)count;
    else if (errno == EAGAIN && wait_ready(reader->card, POLLOUT, deadline)) continue;
    else if (errno != EINTR) return lost_card(reader);
  }
  return IFD_SUCCESS;
}

/* Reads exactly so many bytes; how many came before the deadline or the end is the result. */
static size_t receive_bytes(int card, UCHAR *bytes, size_t length, long long deadline) {
  size_t received = 0;
  while (received < length) {
    if (!wait_ready(card, POLLIN, deadline)) break;
    ssize_t count = recv(card, bytes + received, length - received, MSG_DONTWAIT);
    if (count > 0) received += (size_t)count;
    else if (count == 0 || (errno != EAGAIN && errno != EINTR)) break;
  }
  return received;
}

/* A card that has torn itself away is told from a mute one by the state of its connection. */
static int is_connected(int card) {
  return card >= 0 && !wait_ready(card, POLLRDHUP, 0);
}

static RESPONSECODE receive_frame(struct reader *reader, UCHAR *body, DWORD *length) {
  UCHAR header[2], frame[FRAME_MAX];
  long long deadline = now_ms() + reader->timeout_ms;
  for (;;) {
    size_t count = receive_bytes(reader->card, header, sizeof header, deadline);
    if (count == 0 && is_connected(reader->card)) {
      reader->answers_owed++;
      return IFD_RESPONSE_TIMEOUT;
    }
    size_t frame_length = (size_t)header[0] << 8 | header[1];
    if (count < sizeof header || receive_bytes(reader->card, frame, frame_length, deadline) < frame_length)
      return lost_card(reader);
    if (reader->answers_owed > 0) {
      reader->answers_owed--;
      continue;
    }
    if (frame_length > *length) return IFD_COMMUNICATION_ERROR;
    memcpy(body, frame, frame_length);
    *length = (DWORD)frame_length;
    return IFD_SUCCESS;
  }
}

static RESPONSECODE send_control(struct reader *reader, enum control control) {
  UCHAR byte = (UCHAR)control;
  return send_frame(reader, &byte, 1);
}

/* --- opening and closing: DEVICENAME unix:PATH or tcp:PORT, then if wanted @MILLISECONDS, which a card has for an
 * answer, :slots=N, :escape and :short. Slot N listens on PATH.N, or N ports above PORT --- */

static int listen_unix(struct reader *reader) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct stat old;
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  memcpy(address.sun_path, reader->path, sizeof address.sun_path);
  if (lstat(reader->path, &old) == 0 && S_ISSOCK(old.st_mode)) unlink(reader->path);
  /* The mode is set before the name appears: nobody else can slip in between. */
  if (listener >= 0 && fchmod(listener, 0600) == 0 &&
      bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0)
    return listener;
  if (listener >= 0) close(listener);
  return -1;
}

static int listen_tcp(unsigned long port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
      bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0)
    return listener;
  if (listener >= 0) close(listener);
  return -1;
}

static int read_number(const char *text, long most, long *number) {
  char *end;
  *number = strtol(text, &end, 10);
  return end != text && !*end && *number >= 1 && *number <= most;
}

/* What follows the @; each part may be absent. */
static int read_options(struct reader *reader, char *options) {
  long number;
  for (char *rest = options, *option; (option = strsep(&rest, ":"));) {
    if (!*option) continue;
    if (strcmp(option, "escape") == 0) reader->has_escape = 1;
    else if (strcmp(option, "short") == 0) reader->short_only = 1;
    else if (strncmp(option, "slots=", 6) == 0 && read_number(option + 6, SLOTS_MAX, &number)) reader->slots = (int)number;
    else if (read_number(option, TIMEOUT_MS_MAX, &number)) reader->timeout_ms = (int)number;
    else return 0;
  }
  return 1;
}

static int listen_on(struct reader *reader, const char *name, DWORD slot) {
  char device[sizeof reader->path + 64];
  if (strlen(name) >= sizeof device) return -1;
  strcpy(device, name);
  char *at = strrchr(device, '@');
  reader->timeout_ms = TIMEOUT_MS_DEFAULT;
  reader->slots = 1;
  if (at) {
    *at = '\0';
    if (!read_options(reader, at + 1)) return -1;
  }
  if (strncmp(device, "unix:", 5) == 0 && device[5]) {
    const char *form = slot == 0 ? "%s" : "%s.%u";
    int length = snprintf(reader->path, sizeof reader->path, form, device + 5, (unsigned)slot);
    return length < (int)sizeof reader->path ? listen_unix(reader) : -1;
  }
  long port;
  if (strncmp(device, "tcp:", 4) == 0 && read_number(device + 4, 65535 - (long)slot, &port))
    return listen_tcp((unsigned long)port + slot);
  return -1;
}

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR device) {
  struct reader *reader = place_of(lun);
  if (!reader || reader->in_use) return IFD_COMMUNICATION_ERROR;
  memset(reader, 0, sizeof *reader);
  reader->card = -1;
  reader->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (reader->stop < 0) return IFD_COMMUNICATION_ERROR;
  reader->listener = listen_on(reader, device, lun & 0xFFFF);
  if (reader->listener < 0) {
    close(reader->stop);
    return IFD_NO_SUCH_DEVICE;
  }
  reader->in_use = 1;
  return IFD_SUCCESS;
}

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel) {
  (void)lun, (void)channel;
  return IFD_NO_SUCH_DEVICE; /* a virtual reader has a DEVICENAME, never a number */
}

RESPONSECODE IFDHCloseChannel(DWORD lun) {
  struct reader *reader = find_reader(lun);
  if (!reader) return IFD_NO_SUCH_DEVICE;
  if (reader->card >= 0) close(reader->card);
  close(reader->listener);
  close(reader->stop);
  if (reader->path[0]) unlink(reader->path);
  reader->in_use = 0;
  return IFD_SUCCESS;
}

/* --- what the service asks about the reader --- */

/*
 * Returns as soon as a card has come or gone, when told to stop, or after the time; the service then looks. It stops
 * the wait not only in the end but also to have it begin anew with another time, so that each stop ends one wait.
 */
static RESPONSECODE wait_for_event(DWORD lun, int timeout_ms) {
  struct reader *reader = find_reader(lun);
  if (!reader) return IFD_NO_SUCH_DEVICE;
  struct pollfd watched[2] = {{.fd = reader->stop, .events = POLLIN},
                              {.fd = reader->card >= 0 ? reader->card : reader->listener,
                               .events = reader->card >= 0 ? POLLRDHUP : POLLIN}};
  eventfd_t stops;
  if (poll(watched, 2, timeout_ms) > 0 && watched[0].revents) eventfd_read(reader->stop, &stops);
  return IFD_SUCCESS;
}

static RESPONSECODE stop_waiting(DWORD lun) {
  struct reader *reader = find_reader(lun);
  return reader && eventfd_write(reader->stop, 1) == 0 ? IFD_SUCCESS : IFD_NO_SUCH_DEVICE;
}

static RESPONSECODE give(const void *value, size_t size, DWORD *length, UCHAR *into) {
  if (*length < size) return IFD_ERROR_INSUFFICIENT_BUFFER;
  memcpy(into, value, size);
  *length = (DWORD)size;
  return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value) {
  static const UCHAR zero = 0, one = 1, readers_max = READERS_MAX;
  UCHAR slots;
  RESPONSECODE (*const wait)(DWORD, int) = wait_for_event;
  RESPONSECODE (*const stop)(DWORD) = stop_waiting;
  struct reader *reader = find_reader(lun);
  switch (tag) {
    case TAG_IFD_ATR:
    case SCARD_ATTR_ATR_STRING:
      return reader ? give(reader->atr, reader->atr_length, length, value) : IFD_NO_SUCH_DEVICE;
    case TAG_IFD_SIMULTANEOUS_ACCESS: return give(&readers_max, 1, length, value);
    case TAG_IFD_SLOTS_NUMBER:
      slots = reader ? (UCHAR)reader->slots : 1;
      return give(&slots, 1, length, value);
    case TAG_IFD_THREAD_SAFE:
    case TAG_IFD_SLOT_THREAD_SAFE: return give(&one, 1, length, value);
    case TAG_IFD_POLLING_THREAD_KILLABLE: return give(&zero, 1, length, value);
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT: return give(&wait, sizeof wait, length, value);
    case TAG_IFD_STOP_POLLING_THREAD: return give(&stop, sizeof stop, length, value);
    default: return IFD_ERROR_TAG;
  }
}

RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value) {
  (void)lun, (void)tag, (void)length, (void)value;
  return IFD_NOT_SUPPORTED;
}

/* There is no line whose parameters could be set; any protocol the card's answer to reset names will do. */
RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3) {
  (void)lun, (void)protocol, (void)flags, (void)pts1, (void)pts2, (void)pts3;
  return IFD_SUCCESS;
}

/* --- the card --- */

RESPONSECODE IFDHICCPresence(DWORD lun) {
  struct reader *reader = find_reader(lun);
  if (!reader) return IFD_NO_SUCH_DEVICE;
  if (is_connected(reader->card)) return IFD_ICC_PRESENT;
  if (reader->card >= 0) {
    /* The absence is told once even if the next card waits already, or the service would take both for one. */
    close(reader->card);
    reader->card = -1;
    reader->atr_length = 0;
    return IFD_ICC_NOT_PRESENT;
  }
  reader->card = accept4(reader->listener, NULL, NULL, SOCK_CLOEXEC);
  if (reader->card < 0) return IFD_ICC_NOT_PRESENT;
  int yes = 1;
  if (!reader->path[0]) setsockopt(reader->card, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  reader->answers_owed = 0;
  return IFD_ICC_PRESENT;
}

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD atr_length) {
  struct reader *reader = find_reader(lun);
  if (!reader) return IFD_NO_SUCH_DEVICE;
  if (atr_length) *atr_length = 0;
  reader->atr_length = 0;
  if (action == IFD_POWER_DOWN) {
    (void)send_control(reader, CONTROL_POWER_OFF);
    return IFD_SUCCESS;
  }
  if (action != IFD_POWER_UP && action != IFD_RESET) return IFD_NOT_SUPPORTED;
  DWORD length = sizeof reader->atr;
  if (send_control(reader, action == IFD_RESET ? CONTROL_RESET : CONTROL_POWER_ON) != IFD_SUCCESS ||
      send_control(reader, CONTROL_GET_ATR) != IFD_SUCCESS ||
      receive_frame(reader, reader->atr, &length) != IFD_SUCCESS || length == 0)
    return IFD_ERROR_POWER_ACTION;
  reader->atr_length = length;
  if (atr_length) *atr_length = length;
  if (atr) memcpy(atr, reader->atr, length);
  return IFD_SUCCESS;
}

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER send_header, PUCHAR command, DWORD command_length,
                               PUCHAR response, PDWORD response_length, PSCARD_IO_HEADER receive_header) {
  struct reader *reader = find_reader(lun);
  DWORD room = *response_length;
  *response_length = 0;
  if (!reader) return IFD_NO_SUCH_DEVICE;
  /* One byte would be taken for a control byte by the card. */
  if (command_length < 4) return IFD_COMMUNICATION_ERROR;
  if (reader->short_only && (command_length > SHORT_COMMAND_MAX || (command_length > 5 && command[4] == 0)))
    return IFD_COMMUNICATION_ERROR;
  RESPONSECODE code = send_frame(reader, command, command_length);
  if (code == IFD_SUCCESS) code = receive_frame(reader, response, &room);
  if (code == IFD_SUCCESS) *response_length = room;
  if (receive_header) receive_header->Protocol = send_header.Protocol;
  return code;
}

/* What is meant for the reader goes where its cards come from, since nobody else knows what it is; where it knows no such
 * command its answer is empty. */
RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR sent, DWORD sent_length, PUCHAR received, DWORD received_length,
                         LPDWORD returned) {
  struct reader *reader = find_reader(lun);
  DWORD length = received_length;
  if (returned) *returned = 0;
  if (!reader) return IFD_NO_SUCH_DEVICE;
  if (!reader->has_escape || code != ESCAPE_CODE || sent_length < 2) return IFD_ERROR_NOT_SUPPORTED;
  RESPONSECODE result = send_control(reader, CONTROL_ESCAPE);
  if (result == IFD_SUCCESS) result = send_frame(reader, sent, sent_length);
  if (result == IFD_SUCCESS) result = receive_frame(reader, received, &length);
  if (result == IFD_SUCCESS && returned) *returned = length;
  return result == IFD_SUCCESS && length == 0 ? IFD_ERROR_NOT_SUPPORTED : result;
}
