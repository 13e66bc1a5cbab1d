#include "agent/opener_calls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

/* The numbers of calls are those of one machine. */
#if defined(__x86_64__)
enum { MACHINE = (int)AUDIT_ARCH_X86_64 };
#elif defined(__aarch64__)
enum { MACHINE = (int)AUDIT_ARCH_AARCH64 };
#elif defined(__riscv) && __riscv_xlen == 64
enum { MACHINE = (int)AUDIT_ARCH_RISCV64 };
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
enum { MACHINE = (int)AUDIT_ARCH_PPC64LE };
#else
enum { MACHINE = 0 };
#endif

/* The low half of the first argument. */
enum {
	FIRST_ARGUMENT = offsetof(struct seccomp_data, args) +
			 4 * (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
};

#define LOAD(where) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (where))
#define END(how) BPF_STMT(BPF_RET | BPF_K, (how))
/* The next statement is for this value only. */
#define UNLESS(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define ALLOW(call) UNLESS(call), END(SECCOMP_RET_ALLOW)

static const struct sock_filter calls[] = {
	LOAD(offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)MACHINE, 1, 0),
	END(SECCOMP_RET_KILL_PROCESS),
	LOAD(offsetof(struct seccomp_data, nr)),
	ALLOW(SYS_read),
	ALLOW(SYS_sendmsg),
	ALLOW(SYS_close),
	ALLOW(SYS_connect),
	ALLOW(SYS_exit_group),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
	END(SECCOMP_RET_KILL_PROCESS),
	LOAD(FIRST_ARGUMENT),
	ALLOW(AF_UNIX),
	END(SECCOMP_RET_KILL_PROCESS),
};

enum status
opener_calls_limit(void)
{
	struct sock_filter copy[sizeof(calls) / sizeof(calls[0])];
	struct sock_fprog program = { .len = sizeof(calls) / sizeof(calls[0]),
		.filter = copy };

	if (MACHINE == 0)
		return STATUS_OK;
	memcpy(copy, calls, sizeof(calls));
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
		return STATUS_OK;
	return errno == EINVAL || errno == ENOSYS ? STATUS_OK : STATUS_SYSTEM;
}
