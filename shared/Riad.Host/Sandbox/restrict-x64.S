/* What a thread of an x86-64 processor does when it gets the signal of ThreadSignal: it restricts itself, and writes what came of it.
 * It runs wherever the thread happens to be, so it touches nothing but its registers and one place of four octets.
 *
 *     as -o restrict.o restrict-x64.S && ld --oformat binary -Ttext=0 -e 0 -o restrict restrict.o
 */
        .intel_syntax noprefix
        .text

handler:                                /* (signal, what was sent with it, where the thread was) */
        mov     r9d, [rsi + 24]         /* the number of this thread's place */
        and     r9d, 0x3fff
        jz      done                    /* somebody else sent it */
        lea     rax, [rip + places]
        lea     r9, [rax + r9 * 4]

        mov     edi, 38                 /* prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) */
        mov     esi, 1
        xor     edx, edx
        xor     r10d, r10d
        xor     r8d, r8d
        mov     eax, 157
        syscall

        mov     edi, [rip + places]     /* landlock_restrict_self(the first place, 0) */
        xor     esi, esi
        mov     eax, 446
        syscall
        mov     [r9], eax
done:   ret

        .set    places, handler + 0x10000
